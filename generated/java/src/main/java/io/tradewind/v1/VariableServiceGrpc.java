package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps variables.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/variable.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class VariableServiceGrpc {

  private VariableServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.VariableService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CreateVariableRequest,
      io.tradewind.v1.CreateVariableResponse> getCreateVariableMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateVariable",
      requestType = io.tradewind.v1.CreateVariableRequest.class,
      responseType = io.tradewind.v1.CreateVariableResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CreateVariableRequest,
      io.tradewind.v1.CreateVariableResponse> getCreateVariableMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CreateVariableRequest, io.tradewind.v1.CreateVariableResponse> getCreateVariableMethod;
    if ((getCreateVariableMethod = VariableServiceGrpc.getCreateVariableMethod) == null) {
      synchronized (VariableServiceGrpc.class) {
        if ((getCreateVariableMethod = VariableServiceGrpc.getCreateVariableMethod) == null) {
          VariableServiceGrpc.getCreateVariableMethod = getCreateVariableMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CreateVariableRequest, io.tradewind.v1.CreateVariableResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateVariable"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateVariableRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateVariableResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VariableServiceMethodDescriptorSupplier("CreateVariable"))
              .build();
        }
      }
    }
    return getCreateVariableMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListVariablesRequest,
      io.tradewind.v1.ListVariablesResponse> getListVariablesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListVariables",
      requestType = io.tradewind.v1.ListVariablesRequest.class,
      responseType = io.tradewind.v1.ListVariablesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListVariablesRequest,
      io.tradewind.v1.ListVariablesResponse> getListVariablesMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListVariablesRequest, io.tradewind.v1.ListVariablesResponse> getListVariablesMethod;
    if ((getListVariablesMethod = VariableServiceGrpc.getListVariablesMethod) == null) {
      synchronized (VariableServiceGrpc.class) {
        if ((getListVariablesMethod = VariableServiceGrpc.getListVariablesMethod) == null) {
          VariableServiceGrpc.getListVariablesMethod = getListVariablesMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListVariablesRequest, io.tradewind.v1.ListVariablesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListVariables"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListVariablesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListVariablesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VariableServiceMethodDescriptorSupplier("ListVariables"))
              .build();
        }
      }
    }
    return getListVariablesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateVariableRequest,
      io.tradewind.v1.UpdateVariableResponse> getUpdateVariableMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateVariable",
      requestType = io.tradewind.v1.UpdateVariableRequest.class,
      responseType = io.tradewind.v1.UpdateVariableResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateVariableRequest,
      io.tradewind.v1.UpdateVariableResponse> getUpdateVariableMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateVariableRequest, io.tradewind.v1.UpdateVariableResponse> getUpdateVariableMethod;
    if ((getUpdateVariableMethod = VariableServiceGrpc.getUpdateVariableMethod) == null) {
      synchronized (VariableServiceGrpc.class) {
        if ((getUpdateVariableMethod = VariableServiceGrpc.getUpdateVariableMethod) == null) {
          VariableServiceGrpc.getUpdateVariableMethod = getUpdateVariableMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateVariableRequest, io.tradewind.v1.UpdateVariableResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateVariable"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateVariableRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateVariableResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VariableServiceMethodDescriptorSupplier("UpdateVariable"))
              .build();
        }
      }
    }
    return getUpdateVariableMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteVariableRequest,
      io.tradewind.v1.DeleteVariableResponse> getDeleteVariableMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteVariable",
      requestType = io.tradewind.v1.DeleteVariableRequest.class,
      responseType = io.tradewind.v1.DeleteVariableResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteVariableRequest,
      io.tradewind.v1.DeleteVariableResponse> getDeleteVariableMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteVariableRequest, io.tradewind.v1.DeleteVariableResponse> getDeleteVariableMethod;
    if ((getDeleteVariableMethod = VariableServiceGrpc.getDeleteVariableMethod) == null) {
      synchronized (VariableServiceGrpc.class) {
        if ((getDeleteVariableMethod = VariableServiceGrpc.getDeleteVariableMethod) == null) {
          VariableServiceGrpc.getDeleteVariableMethod = getDeleteVariableMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteVariableRequest, io.tradewind.v1.DeleteVariableResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteVariable"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteVariableRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteVariableResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VariableServiceMethodDescriptorSupplier("DeleteVariable"))
              .build();
        }
      }
    }
    return getDeleteVariableMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static VariableServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VariableServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VariableServiceStub>() {
        @java.lang.Override
        public VariableServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VariableServiceStub(channel, callOptions);
        }
      };
    return VariableServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static VariableServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VariableServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VariableServiceBlockingStub>() {
        @java.lang.Override
        public VariableServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VariableServiceBlockingStub(channel, callOptions);
        }
      };
    return VariableServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static VariableServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VariableServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VariableServiceFutureStub>() {
        @java.lang.Override
        public VariableServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VariableServiceFutureStub(channel, callOptions);
        }
      };
    return VariableServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps variables.
   * </pre>
   */
  public static abstract class VariableServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Stores a new variable. A name that the workspace has already is `ALREADY_EXISTS`.
     * </pre>
     */
    public void createVariable(io.tradewind.v1.CreateVariableRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateVariableResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateVariableMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists variables, newest change first, a page at a time. Values of the environment are never listed.
     * </pre>
     */
    public void listVariables(io.tradewind.v1.ListVariablesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListVariablesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListVariablesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone. The next question reads the new value.
     * </pre>
     */
    public void updateVariable(io.tradewind.v1.UpdateVariableRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateVariableResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateVariableMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a variable. One that is not there is no error.
     * </pre>
     */
    public void deleteVariable(io.tradewind.v1.DeleteVariableRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteVariableResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteVariableMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getCreateVariableMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CreateVariableRequest,
                io.tradewind.v1.CreateVariableResponse>(
                  this, METHODID_CREATE_VARIABLE)))
          .addMethod(
            getListVariablesMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListVariablesRequest,
                io.tradewind.v1.ListVariablesResponse>(
                  this, METHODID_LIST_VARIABLES)))
          .addMethod(
            getUpdateVariableMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateVariableRequest,
                io.tradewind.v1.UpdateVariableResponse>(
                  this, METHODID_UPDATE_VARIABLE)))
          .addMethod(
            getDeleteVariableMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteVariableRequest,
                io.tradewind.v1.DeleteVariableResponse>(
                  this, METHODID_DELETE_VARIABLE)))
          .build();
    }
  }

  /**
   * <pre>
   * Keeps variables.
   * </pre>
   */
  public static final class VariableServiceStub extends io.grpc.stub.AbstractAsyncStub<VariableServiceStub> {
    private VariableServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VariableServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VariableServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new variable. A name that the workspace has already is `ALREADY_EXISTS`.
     * </pre>
     */
    public void createVariable(io.tradewind.v1.CreateVariableRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateVariableResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateVariableMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists variables, newest change first, a page at a time. Values of the environment are never listed.
     * </pre>
     */
    public void listVariables(io.tradewind.v1.ListVariablesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListVariablesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListVariablesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone. The next question reads the new value.
     * </pre>
     */
    public void updateVariable(io.tradewind.v1.UpdateVariableRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateVariableResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateVariableMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a variable. One that is not there is no error.
     * </pre>
     */
    public void deleteVariable(io.tradewind.v1.DeleteVariableRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteVariableResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteVariableMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Keeps variables.
   * </pre>
   */
  public static final class VariableServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<VariableServiceBlockingStub> {
    private VariableServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VariableServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VariableServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new variable. A name that the workspace has already is `ALREADY_EXISTS`.
     * </pre>
     */
    public io.tradewind.v1.CreateVariableResponse createVariable(io.tradewind.v1.CreateVariableRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateVariableMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists variables, newest change first, a page at a time. Values of the environment are never listed.
     * </pre>
     */
    public io.tradewind.v1.ListVariablesResponse listVariables(io.tradewind.v1.ListVariablesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListVariablesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone. The next question reads the new value.
     * </pre>
     */
    public io.tradewind.v1.UpdateVariableResponse updateVariable(io.tradewind.v1.UpdateVariableRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateVariableMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a variable. One that is not there is no error.
     * </pre>
     */
    public io.tradewind.v1.DeleteVariableResponse deleteVariable(io.tradewind.v1.DeleteVariableRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteVariableMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Keeps variables.
   * </pre>
   */
  public static final class VariableServiceFutureStub extends io.grpc.stub.AbstractFutureStub<VariableServiceFutureStub> {
    private VariableServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VariableServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VariableServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new variable. A name that the workspace has already is `ALREADY_EXISTS`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CreateVariableResponse> createVariable(
        io.tradewind.v1.CreateVariableRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateVariableMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists variables, newest change first, a page at a time. Values of the environment are never listed.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListVariablesResponse> listVariables(
        io.tradewind.v1.ListVariablesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListVariablesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone. The next question reads the new value.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateVariableResponse> updateVariable(
        io.tradewind.v1.UpdateVariableRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateVariableMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a variable. One that is not there is no error.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteVariableResponse> deleteVariable(
        io.tradewind.v1.DeleteVariableRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteVariableMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_VARIABLE = 0;
  private static final int METHODID_LIST_VARIABLES = 1;
  private static final int METHODID_UPDATE_VARIABLE = 2;
  private static final int METHODID_DELETE_VARIABLE = 3;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final VariableServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(VariableServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_VARIABLE:
          serviceImpl.createVariable((io.tradewind.v1.CreateVariableRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CreateVariableResponse>) responseObserver);
          break;
        case METHODID_LIST_VARIABLES:
          serviceImpl.listVariables((io.tradewind.v1.ListVariablesRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListVariablesResponse>) responseObserver);
          break;
        case METHODID_UPDATE_VARIABLE:
          serviceImpl.updateVariable((io.tradewind.v1.UpdateVariableRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateVariableResponse>) responseObserver);
          break;
        case METHODID_DELETE_VARIABLE:
          serviceImpl.deleteVariable((io.tradewind.v1.DeleteVariableRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteVariableResponse>) responseObserver);
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

  private static abstract class VariableServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    VariableServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.VariableOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("VariableService");
    }
  }

  private static final class VariableServiceFileDescriptorSupplier
      extends VariableServiceBaseDescriptorSupplier {
    VariableServiceFileDescriptorSupplier() {}
  }

  private static final class VariableServiceMethodDescriptorSupplier
      extends VariableServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    VariableServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (VariableServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new VariableServiceFileDescriptorSupplier())
              .addMethod(getCreateVariableMethod())
              .addMethod(getListVariablesMethod())
              .addMethod(getUpdateVariableMethod())
              .addMethod(getDeleteVariableMethod())
              .build();
        }
      }
    }
    return result;
  }
}
