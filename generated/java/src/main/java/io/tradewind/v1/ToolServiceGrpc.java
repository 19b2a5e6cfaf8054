package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps tools.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/tool.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class ToolServiceGrpc {

  private ToolServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.ToolService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CreateToolRequest,
      io.tradewind.v1.CreateToolResponse> getCreateToolMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateTool",
      requestType = io.tradewind.v1.CreateToolRequest.class,
      responseType = io.tradewind.v1.CreateToolResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CreateToolRequest,
      io.tradewind.v1.CreateToolResponse> getCreateToolMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CreateToolRequest, io.tradewind.v1.CreateToolResponse> getCreateToolMethod;
    if ((getCreateToolMethod = ToolServiceGrpc.getCreateToolMethod) == null) {
      synchronized (ToolServiceGrpc.class) {
        if ((getCreateToolMethod = ToolServiceGrpc.getCreateToolMethod) == null) {
          ToolServiceGrpc.getCreateToolMethod = getCreateToolMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CreateToolRequest, io.tradewind.v1.CreateToolResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateTool"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateToolRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateToolResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ToolServiceMethodDescriptorSupplier("CreateTool"))
              .build();
        }
      }
    }
    return getCreateToolMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetToolRequest,
      io.tradewind.v1.GetToolResponse> getGetToolMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetTool",
      requestType = io.tradewind.v1.GetToolRequest.class,
      responseType = io.tradewind.v1.GetToolResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetToolRequest,
      io.tradewind.v1.GetToolResponse> getGetToolMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetToolRequest, io.tradewind.v1.GetToolResponse> getGetToolMethod;
    if ((getGetToolMethod = ToolServiceGrpc.getGetToolMethod) == null) {
      synchronized (ToolServiceGrpc.class) {
        if ((getGetToolMethod = ToolServiceGrpc.getGetToolMethod) == null) {
          ToolServiceGrpc.getGetToolMethod = getGetToolMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetToolRequest, io.tradewind.v1.GetToolResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetTool"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetToolRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetToolResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ToolServiceMethodDescriptorSupplier("GetTool"))
              .build();
        }
      }
    }
    return getGetToolMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListToolsRequest,
      io.tradewind.v1.ListToolsResponse> getListToolsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListTools",
      requestType = io.tradewind.v1.ListToolsRequest.class,
      responseType = io.tradewind.v1.ListToolsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListToolsRequest,
      io.tradewind.v1.ListToolsResponse> getListToolsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListToolsRequest, io.tradewind.v1.ListToolsResponse> getListToolsMethod;
    if ((getListToolsMethod = ToolServiceGrpc.getListToolsMethod) == null) {
      synchronized (ToolServiceGrpc.class) {
        if ((getListToolsMethod = ToolServiceGrpc.getListToolsMethod) == null) {
          ToolServiceGrpc.getListToolsMethod = getListToolsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListToolsRequest, io.tradewind.v1.ListToolsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListTools"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListToolsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListToolsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ToolServiceMethodDescriptorSupplier("ListTools"))
              .build();
        }
      }
    }
    return getListToolsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateToolRequest,
      io.tradewind.v1.UpdateToolResponse> getUpdateToolMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateTool",
      requestType = io.tradewind.v1.UpdateToolRequest.class,
      responseType = io.tradewind.v1.UpdateToolResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateToolRequest,
      io.tradewind.v1.UpdateToolResponse> getUpdateToolMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateToolRequest, io.tradewind.v1.UpdateToolResponse> getUpdateToolMethod;
    if ((getUpdateToolMethod = ToolServiceGrpc.getUpdateToolMethod) == null) {
      synchronized (ToolServiceGrpc.class) {
        if ((getUpdateToolMethod = ToolServiceGrpc.getUpdateToolMethod) == null) {
          ToolServiceGrpc.getUpdateToolMethod = getUpdateToolMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateToolRequest, io.tradewind.v1.UpdateToolResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateTool"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateToolRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateToolResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ToolServiceMethodDescriptorSupplier("UpdateTool"))
              .build();
        }
      }
    }
    return getUpdateToolMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteToolRequest,
      io.tradewind.v1.DeleteToolResponse> getDeleteToolMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteTool",
      requestType = io.tradewind.v1.DeleteToolRequest.class,
      responseType = io.tradewind.v1.DeleteToolResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteToolRequest,
      io.tradewind.v1.DeleteToolResponse> getDeleteToolMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteToolRequest, io.tradewind.v1.DeleteToolResponse> getDeleteToolMethod;
    if ((getDeleteToolMethod = ToolServiceGrpc.getDeleteToolMethod) == null) {
      synchronized (ToolServiceGrpc.class) {
        if ((getDeleteToolMethod = ToolServiceGrpc.getDeleteToolMethod) == null) {
          ToolServiceGrpc.getDeleteToolMethod = getDeleteToolMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteToolRequest, io.tradewind.v1.DeleteToolResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteTool"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteToolRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteToolResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ToolServiceMethodDescriptorSupplier("DeleteTool"))
              .build();
        }
      }
    }
    return getDeleteToolMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ToolServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ToolServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ToolServiceStub>() {
        @java.lang.Override
        public ToolServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ToolServiceStub(channel, callOptions);
        }
      };
    return ToolServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ToolServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ToolServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ToolServiceBlockingStub>() {
        @java.lang.Override
        public ToolServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ToolServiceBlockingStub(channel, callOptions);
        }
      };
    return ToolServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ToolServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ToolServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ToolServiceFutureStub>() {
        @java.lang.Override
        public ToolServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ToolServiceFutureStub(channel, callOptions);
        }
      };
    return ToolServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps tools.
   * </pre>
   */
  public static abstract class ToolServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Stores a new tool. Its function is kept, and run nowhere.
     * </pre>
     */
    public void createTool(io.tradewind.v1.CreateToolRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateToolResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateToolMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one tool.
     * </pre>
     */
    public void getTool(io.tradewind.v1.GetToolRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetToolResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetToolMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists tools, newest change first, a page at a time.
     * </pre>
     */
    public void listTools(io.tradewind.v1.ListToolsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListToolsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListToolsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public void updateTool(io.tradewind.v1.UpdateToolRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateToolResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateToolMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a tool. One that is not there is no error.
     * </pre>
     */
    public void deleteTool(io.tradewind.v1.DeleteToolRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteToolResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteToolMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getCreateToolMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CreateToolRequest,
                io.tradewind.v1.CreateToolResponse>(
                  this, METHODID_CREATE_TOOL)))
          .addMethod(
            getGetToolMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetToolRequest,
                io.tradewind.v1.GetToolResponse>(
                  this, METHODID_GET_TOOL)))
          .addMethod(
            getListToolsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListToolsRequest,
                io.tradewind.v1.ListToolsResponse>(
                  this, METHODID_LIST_TOOLS)))
          .addMethod(
            getUpdateToolMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateToolRequest,
                io.tradewind.v1.UpdateToolResponse>(
                  this, METHODID_UPDATE_TOOL)))
          .addMethod(
            getDeleteToolMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteToolRequest,
                io.tradewind.v1.DeleteToolResponse>(
                  this, METHODID_DELETE_TOOL)))
          .build();
    }
  }

  /**
   * <pre>
   * Keeps tools.
   * </pre>
   */
  public static final class ToolServiceStub extends io.grpc.stub.AbstractAsyncStub<ToolServiceStub> {
    private ToolServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ToolServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ToolServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new tool. Its function is kept, and run nowhere.
     * </pre>
     */
    public void createTool(io.tradewind.v1.CreateToolRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateToolResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateToolMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one tool.
     * </pre>
     */
    public void getTool(io.tradewind.v1.GetToolRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetToolResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetToolMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists tools, newest change first, a page at a time.
     * </pre>
     */
    public void listTools(io.tradewind.v1.ListToolsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListToolsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListToolsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public void updateTool(io.tradewind.v1.UpdateToolRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateToolResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateToolMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a tool. One that is not there is no error.
     * </pre>
     */
    public void deleteTool(io.tradewind.v1.DeleteToolRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteToolResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteToolMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Keeps tools.
   * </pre>
   */
  public static final class ToolServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<ToolServiceBlockingStub> {
    private ToolServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ToolServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ToolServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new tool. Its function is kept, and run nowhere.
     * </pre>
     */
    public io.tradewind.v1.CreateToolResponse createTool(io.tradewind.v1.CreateToolRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateToolMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one tool.
     * </pre>
     */
    public io.tradewind.v1.GetToolResponse getTool(io.tradewind.v1.GetToolRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetToolMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists tools, newest change first, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListToolsResponse listTools(io.tradewind.v1.ListToolsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListToolsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public io.tradewind.v1.UpdateToolResponse updateTool(io.tradewind.v1.UpdateToolRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateToolMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a tool. One that is not there is no error.
     * </pre>
     */
    public io.tradewind.v1.DeleteToolResponse deleteTool(io.tradewind.v1.DeleteToolRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteToolMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Keeps tools.
   * </pre>
   */
  public static final class ToolServiceFutureStub extends io.grpc.stub.AbstractFutureStub<ToolServiceFutureStub> {
    private ToolServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ToolServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ToolServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new tool. Its function is kept, and run nowhere.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CreateToolResponse> createTool(
        io.tradewind.v1.CreateToolRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateToolMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one tool.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetToolResponse> getTool(
        io.tradewind.v1.GetToolRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetToolMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists tools, newest change first, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListToolsResponse> listTools(
        io.tradewind.v1.ListToolsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListToolsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateToolResponse> updateTool(
        io.tradewind.v1.UpdateToolRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateToolMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a tool. One that is not there is no error.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteToolResponse> deleteTool(
        io.tradewind.v1.DeleteToolRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteToolMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_TOOL = 0;
  private static final int METHODID_GET_TOOL = 1;
  private static final int METHODID_LIST_TOOLS = 2;
  private static final int METHODID_UPDATE_TOOL = 3;
  private static final int METHODID_DELETE_TOOL = 4;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final ToolServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(ToolServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_TOOL:
          serviceImpl.createTool((io.tradewind.v1.CreateToolRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CreateToolResponse>) responseObserver);
          break;
        case METHODID_GET_TOOL:
          serviceImpl.getTool((io.tradewind.v1.GetToolRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetToolResponse>) responseObserver);
          break;
        case METHODID_LIST_TOOLS:
          serviceImpl.listTools((io.tradewind.v1.ListToolsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListToolsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_TOOL:
          serviceImpl.updateTool((io.tradewind.v1.UpdateToolRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateToolResponse>) responseObserver);
          break;
        case METHODID_DELETE_TOOL:
          serviceImpl.deleteTool((io.tradewind.v1.DeleteToolRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteToolResponse>) responseObserver);
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

  private static abstract class ToolServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ToolServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.ToolOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ToolService");
    }
  }

  private static final class ToolServiceFileDescriptorSupplier
      extends ToolServiceBaseDescriptorSupplier {
    ToolServiceFileDescriptorSupplier() {}
  }

  private static final class ToolServiceMethodDescriptorSupplier
      extends ToolServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    ToolServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (ToolServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ToolServiceFileDescriptorSupplier())
              .addMethod(getCreateToolMethod())
              .addMethod(getGetToolMethod())
              .addMethod(getListToolsMethod())
              .addMethod(getUpdateToolMethod())
              .addMethod(getDeleteToolMethod())
              .build();
        }
      }
    }
    return result;
  }
}
