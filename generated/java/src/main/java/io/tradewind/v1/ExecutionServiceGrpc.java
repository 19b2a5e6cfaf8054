package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Looks at the executions of agent flows and forgets them. Each run leaves one, also one that failed.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/execution.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class ExecutionServiceGrpc {

  private ExecutionServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.ExecutionService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListExecutionsRequest,
      io.tradewind.v1.ListExecutionsResponse> getListExecutionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListExecutions",
      requestType = io.tradewind.v1.ListExecutionsRequest.class,
      responseType = io.tradewind.v1.ListExecutionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListExecutionsRequest,
      io.tradewind.v1.ListExecutionsResponse> getListExecutionsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListExecutionsRequest, io.tradewind.v1.ListExecutionsResponse> getListExecutionsMethod;
    if ((getListExecutionsMethod = ExecutionServiceGrpc.getListExecutionsMethod) == null) {
      synchronized (ExecutionServiceGrpc.class) {
        if ((getListExecutionsMethod = ExecutionServiceGrpc.getListExecutionsMethod) == null) {
          ExecutionServiceGrpc.getListExecutionsMethod = getListExecutionsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListExecutionsRequest, io.tradewind.v1.ListExecutionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListExecutions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListExecutionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListExecutionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ExecutionServiceMethodDescriptorSupplier("ListExecutions"))
              .build();
        }
      }
    }
    return getListExecutionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetExecutionRequest,
      io.tradewind.v1.GetExecutionResponse> getGetExecutionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetExecution",
      requestType = io.tradewind.v1.GetExecutionRequest.class,
      responseType = io.tradewind.v1.GetExecutionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetExecutionRequest,
      io.tradewind.v1.GetExecutionResponse> getGetExecutionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetExecutionRequest, io.tradewind.v1.GetExecutionResponse> getGetExecutionMethod;
    if ((getGetExecutionMethod = ExecutionServiceGrpc.getGetExecutionMethod) == null) {
      synchronized (ExecutionServiceGrpc.class) {
        if ((getGetExecutionMethod = ExecutionServiceGrpc.getGetExecutionMethod) == null) {
          ExecutionServiceGrpc.getGetExecutionMethod = getGetExecutionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetExecutionRequest, io.tradewind.v1.GetExecutionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetExecution"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetExecutionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetExecutionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ExecutionServiceMethodDescriptorSupplier("GetExecution"))
              .build();
        }
      }
    }
    return getGetExecutionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateExecutionRequest,
      io.tradewind.v1.UpdateExecutionResponse> getUpdateExecutionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateExecution",
      requestType = io.tradewind.v1.UpdateExecutionRequest.class,
      responseType = io.tradewind.v1.UpdateExecutionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateExecutionRequest,
      io.tradewind.v1.UpdateExecutionResponse> getUpdateExecutionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateExecutionRequest, io.tradewind.v1.UpdateExecutionResponse> getUpdateExecutionMethod;
    if ((getUpdateExecutionMethod = ExecutionServiceGrpc.getUpdateExecutionMethod) == null) {
      synchronized (ExecutionServiceGrpc.class) {
        if ((getUpdateExecutionMethod = ExecutionServiceGrpc.getUpdateExecutionMethod) == null) {
          ExecutionServiceGrpc.getUpdateExecutionMethod = getUpdateExecutionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateExecutionRequest, io.tradewind.v1.UpdateExecutionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateExecution"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateExecutionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateExecutionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ExecutionServiceMethodDescriptorSupplier("UpdateExecution"))
              .build();
        }
      }
    }
    return getUpdateExecutionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteExecutionsRequest,
      io.tradewind.v1.DeleteExecutionsResponse> getDeleteExecutionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteExecutions",
      requestType = io.tradewind.v1.DeleteExecutionsRequest.class,
      responseType = io.tradewind.v1.DeleteExecutionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteExecutionsRequest,
      io.tradewind.v1.DeleteExecutionsResponse> getDeleteExecutionsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteExecutionsRequest, io.tradewind.v1.DeleteExecutionsResponse> getDeleteExecutionsMethod;
    if ((getDeleteExecutionsMethod = ExecutionServiceGrpc.getDeleteExecutionsMethod) == null) {
      synchronized (ExecutionServiceGrpc.class) {
        if ((getDeleteExecutionsMethod = ExecutionServiceGrpc.getDeleteExecutionsMethod) == null) {
          ExecutionServiceGrpc.getDeleteExecutionsMethod = getDeleteExecutionsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteExecutionsRequest, io.tradewind.v1.DeleteExecutionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteExecutions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteExecutionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteExecutionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ExecutionServiceMethodDescriptorSupplier("DeleteExecutions"))
              .build();
        }
      }
    }
    return getDeleteExecutionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetPublicExecutionRequest,
      io.tradewind.v1.GetPublicExecutionResponse> getGetPublicExecutionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetPublicExecution",
      requestType = io.tradewind.v1.GetPublicExecutionRequest.class,
      responseType = io.tradewind.v1.GetPublicExecutionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetPublicExecutionRequest,
      io.tradewind.v1.GetPublicExecutionResponse> getGetPublicExecutionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetPublicExecutionRequest, io.tradewind.v1.GetPublicExecutionResponse> getGetPublicExecutionMethod;
    if ((getGetPublicExecutionMethod = ExecutionServiceGrpc.getGetPublicExecutionMethod) == null) {
      synchronized (ExecutionServiceGrpc.class) {
        if ((getGetPublicExecutionMethod = ExecutionServiceGrpc.getGetPublicExecutionMethod) == null) {
          ExecutionServiceGrpc.getGetPublicExecutionMethod = getGetPublicExecutionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetPublicExecutionRequest, io.tradewind.v1.GetPublicExecutionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetPublicExecution"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetPublicExecutionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetPublicExecutionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ExecutionServiceMethodDescriptorSupplier("GetPublicExecution"))
              .build();
        }
      }
    }
    return getGetPublicExecutionMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ExecutionServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ExecutionServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ExecutionServiceStub>() {
        @java.lang.Override
        public ExecutionServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ExecutionServiceStub(channel, callOptions);
        }
      };
    return ExecutionServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ExecutionServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ExecutionServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ExecutionServiceBlockingStub>() {
        @java.lang.Override
        public ExecutionServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ExecutionServiceBlockingStub(channel, callOptions);
        }
      };
    return ExecutionServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ExecutionServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ExecutionServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ExecutionServiceFutureStub>() {
        @java.lang.Override
        public ExecutionServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ExecutionServiceFutureStub(channel, callOptions);
        }
      };
    return ExecutionServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Looks at the executions of agent flows and forgets them. Each run leaves one, also one that failed.
   * </pre>
   */
  public static abstract class ExecutionServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Lists executions, the latest change first, a page at a time.
     * </pre>
     */
    public void listExecutions(io.tradewind.v1.ListExecutionsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListExecutionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListExecutionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads an execution.
     * </pre>
     */
    public void getExecution(io.tradewind.v1.GetExecutionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetExecutionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetExecutionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes an execution public, or private again. Nothing else of it can be changed.
     * </pre>
     */
    public void updateExecution(io.tradewind.v1.UpdateExecutionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateExecutionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateExecutionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes executions. Those that are not there are passed over; messages forget them.
     * </pre>
     */
    public void deleteExecutions(io.tradewind.v1.DeleteExecutionsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteExecutionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteExecutionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads an execution that its owner has made public, without a key, from any page that may call its chatflow.
     * </pre>
     */
    public void getPublicExecution(io.tradewind.v1.GetPublicExecutionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetPublicExecutionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetPublicExecutionMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getListExecutionsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListExecutionsRequest,
                io.tradewind.v1.ListExecutionsResponse>(
                  this, METHODID_LIST_EXECUTIONS)))
          .addMethod(
            getGetExecutionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetExecutionRequest,
                io.tradewind.v1.GetExecutionResponse>(
                  this, METHODID_GET_EXECUTION)))
          .addMethod(
            getUpdateExecutionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateExecutionRequest,
                io.tradewind.v1.UpdateExecutionResponse>(
                  this, METHODID_UPDATE_EXECUTION)))
          .addMethod(
            getDeleteExecutionsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteExecutionsRequest,
                io.tradewind.v1.DeleteExecutionsResponse>(
                  this, METHODID_DELETE_EXECUTIONS)))
          .addMethod(
            getGetPublicExecutionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetPublicExecutionRequest,
                io.tradewind.v1.GetPublicExecutionResponse>(
                  this, METHODID_GET_PUBLIC_EXECUTION)))
          .build();
    }
  }

  /**
   * <pre>
   * Looks at the executions of agent flows and forgets them. Each run leaves one, also one that failed.
   * </pre>
   */
  public static final class ExecutionServiceStub extends io.grpc.stub.AbstractAsyncStub<ExecutionServiceStub> {
    private ExecutionServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ExecutionServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ExecutionServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists executions, the latest change first, a page at a time.
     * </pre>
     */
    public void listExecutions(io.tradewind.v1.ListExecutionsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListExecutionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListExecutionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads an execution.
     * </pre>
     */
    public void getExecution(io.tradewind.v1.GetExecutionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetExecutionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetExecutionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes an execution public, or private again. Nothing else of it can be changed.
     * </pre>
     */
    public void updateExecution(io.tradewind.v1.UpdateExecutionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateExecutionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateExecutionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes executions. Those that are not there are passed over; messages forget them.
     * </pre>
     */
    public void deleteExecutions(io.tradewind.v1.DeleteExecutionsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteExecutionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteExecutionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads an execution that its owner has made public, without a key, from any page that may call its chatflow.
     * </pre>
     */
    public void getPublicExecution(io.tradewind.v1.GetPublicExecutionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetPublicExecutionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetPublicExecutionMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Looks at the executions of agent flows and forgets them. Each run leaves one, also one that failed.
   * </pre>
   */
  public static final class ExecutionServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<ExecutionServiceBlockingStub> {
    private ExecutionServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ExecutionServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ExecutionServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists executions, the latest change first, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListExecutionsResponse listExecutions(io.tradewind.v1.ListExecutionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListExecutionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads an execution.
     * </pre>
     */
    public io.tradewind.v1.GetExecutionResponse getExecution(io.tradewind.v1.GetExecutionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetExecutionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes an execution public, or private again. Nothing else of it can be changed.
     * </pre>
     */
    public io.tradewind.v1.UpdateExecutionResponse updateExecution(io.tradewind.v1.UpdateExecutionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateExecutionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes executions. Those that are not there are passed over; messages forget them.
     * </pre>
     */
    public io.tradewind.v1.DeleteExecutionsResponse deleteExecutions(io.tradewind.v1.DeleteExecutionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteExecutionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads an execution that its owner has made public, without a key, from any page that may call its chatflow.
     * </pre>
     */
    public io.tradewind.v1.GetPublicExecutionResponse getPublicExecution(io.tradewind.v1.GetPublicExecutionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetPublicExecutionMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Looks at the executions of agent flows and forgets them. Each run leaves one, also one that failed.
   * </pre>
   */
  public static final class ExecutionServiceFutureStub extends io.grpc.stub.AbstractFutureStub<ExecutionServiceFutureStub> {
    private ExecutionServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ExecutionServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ExecutionServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists executions, the latest change first, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListExecutionsResponse> listExecutions(
        io.tradewind.v1.ListExecutionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListExecutionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads an execution.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetExecutionResponse> getExecution(
        io.tradewind.v1.GetExecutionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetExecutionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes an execution public, or private again. Nothing else of it can be changed.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateExecutionResponse> updateExecution(
        io.tradewind.v1.UpdateExecutionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateExecutionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes executions. Those that are not there are passed over; messages forget them.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteExecutionsResponse> deleteExecutions(
        io.tradewind.v1.DeleteExecutionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteExecutionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads an execution that its owner has made public, without a key, from any page that may call its chatflow.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetPublicExecutionResponse> getPublicExecution(
        io.tradewind.v1.GetPublicExecutionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetPublicExecutionMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_EXECUTIONS = 0;
  private static final int METHODID_GET_EXECUTION = 1;
  private static final int METHODID_UPDATE_EXECUTION = 2;
  private static final int METHODID_DELETE_EXECUTIONS = 3;
  private static final int METHODID_GET_PUBLIC_EXECUTION = 4;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final ExecutionServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(ExecutionServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_LIST_EXECUTIONS:
          serviceImpl.listExecutions((io.tradewind.v1.ListExecutionsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListExecutionsResponse>) responseObserver);
          break;
        case METHODID_GET_EXECUTION:
          serviceImpl.getExecution((io.tradewind.v1.GetExecutionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetExecutionResponse>) responseObserver);
          break;
        case METHODID_UPDATE_EXECUTION:
          serviceImpl.updateExecution((io.tradewind.v1.UpdateExecutionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateExecutionResponse>) responseObserver);
          break;
        case METHODID_DELETE_EXECUTIONS:
          serviceImpl.deleteExecutions((io.tradewind.v1.DeleteExecutionsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteExecutionsResponse>) responseObserver);
          break;
        case METHODID_GET_PUBLIC_EXECUTION:
          serviceImpl.getPublicExecution((io.tradewind.v1.GetPublicExecutionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetPublicExecutionResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  private static abstract class ExecutionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ExecutionServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.ExecutionOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ExecutionService");
    }
  }

  private static final class ExecutionServiceFileDescriptorSupplier
      extends ExecutionServiceBaseDescriptorSupplier {
    ExecutionServiceFileDescriptorSupplier() {}
  }

  private static final class ExecutionServiceMethodDescriptorSupplier
      extends ExecutionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    ExecutionServiceMethodDescriptorSupplier(String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (ExecutionServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ExecutionServiceFileDescriptorSupplier())
              .addMethod(getListExecutionsMethod())
              .addMethod(getGetExecutionMethod())
              .addMethod(getUpdateExecutionMethod())
              .addMethod(getDeleteExecutionsMethod())
              .addMethod(getGetPublicExecutionMethod())
              .build();
        }
      }
    }
    return result;
  }
}
