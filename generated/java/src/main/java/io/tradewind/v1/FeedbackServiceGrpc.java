package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Takes and lists feedback. A message has at most one; deleting the message deletes it too.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/feedback.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class FeedbackServiceGrpc {

  private FeedbackServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.FeedbackService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CreateFeedbackRequest,
      io.tradewind.v1.CreateFeedbackResponse> getCreateFeedbackMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateFeedback",
      requestType = io.tradewind.v1.CreateFeedbackRequest.class,
      responseType = io.tradewind.v1.CreateFeedbackResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CreateFeedbackRequest,
      io.tradewind.v1.CreateFeedbackResponse> getCreateFeedbackMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CreateFeedbackRequest, io.tradewind.v1.CreateFeedbackResponse> getCreateFeedbackMethod;
    if ((getCreateFeedbackMethod = FeedbackServiceGrpc.getCreateFeedbackMethod) == null) {
      synchronized (FeedbackServiceGrpc.class) {
        if ((getCreateFeedbackMethod = FeedbackServiceGrpc.getCreateFeedbackMethod) == null) {
          FeedbackServiceGrpc.getCreateFeedbackMethod = getCreateFeedbackMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CreateFeedbackRequest, io.tradewind.v1.CreateFeedbackResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateFeedback"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateFeedbackRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateFeedbackResponse.getDefaultInstance()))
              .setSchemaDescriptor(new FeedbackServiceMethodDescriptorSupplier("CreateFeedback"))
              .build();
        }
      }
    }
    return getCreateFeedbackMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateFeedbackRequest,
      io.tradewind.v1.UpdateFeedbackResponse> getUpdateFeedbackMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateFeedback",
      requestType = io.tradewind.v1.UpdateFeedbackRequest.class,
      responseType = io.tradewind.v1.UpdateFeedbackResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateFeedbackRequest,
      io.tradewind.v1.UpdateFeedbackResponse> getUpdateFeedbackMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateFeedbackRequest, io.tradewind.v1.UpdateFeedbackResponse> getUpdateFeedbackMethod;
    if ((getUpdateFeedbackMethod = FeedbackServiceGrpc.getUpdateFeedbackMethod) == null) {
      synchronized (FeedbackServiceGrpc.class) {
        if ((getUpdateFeedbackMethod = FeedbackServiceGrpc.getUpdateFeedbackMethod) == null) {
          FeedbackServiceGrpc.getUpdateFeedbackMethod = getUpdateFeedbackMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateFeedbackRequest, io.tradewind.v1.UpdateFeedbackResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateFeedback"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateFeedbackRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateFeedbackResponse.getDefaultInstance()))
              .setSchemaDescriptor(new FeedbackServiceMethodDescriptorSupplier("UpdateFeedback"))
              .build();
        }
      }
    }
    return getUpdateFeedbackMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListFeedbackRequest,
      io.tradewind.v1.ListFeedbackResponse> getListFeedbackMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListFeedback",
      requestType = io.tradewind.v1.ListFeedbackRequest.class,
      responseType = io.tradewind.v1.ListFeedbackResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListFeedbackRequest,
      io.tradewind.v1.ListFeedbackResponse> getListFeedbackMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListFeedbackRequest, io.tradewind.v1.ListFeedbackResponse> getListFeedbackMethod;
    if ((getListFeedbackMethod = FeedbackServiceGrpc.getListFeedbackMethod) == null) {
      synchronized (FeedbackServiceGrpc.class) {
        if ((getListFeedbackMethod = FeedbackServiceGrpc.getListFeedbackMethod) == null) {
          FeedbackServiceGrpc.getListFeedbackMethod = getListFeedbackMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListFeedbackRequest, io.tradewind.v1.ListFeedbackResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListFeedback"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListFeedbackRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListFeedbackResponse.getDefaultInstance()))
              .setSchemaDescriptor(new FeedbackServiceMethodDescriptorSupplier("ListFeedback"))
              .build();
        }
      }
    }
    return getListFeedbackMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static FeedbackServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<FeedbackServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<FeedbackServiceStub>() {
        @java.lang.Override
        public FeedbackServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new FeedbackServiceStub(channel, callOptions);
        }
      };
    return FeedbackServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static FeedbackServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<FeedbackServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<FeedbackServiceBlockingStub>() {
        @java.lang.Override
        public FeedbackServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new FeedbackServiceBlockingStub(channel, callOptions);
        }
      };
    return FeedbackServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static FeedbackServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<FeedbackServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<FeedbackServiceFutureStub>() {
        @java.lang.Override
        public FeedbackServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new FeedbackServiceFutureStub(channel, callOptions);
        }
      };
    return FeedbackServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Takes and lists feedback. A message has at most one; deleting the message deletes it too.
   * </pre>
   */
  public static abstract class FeedbackServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Stores what a person thinks of one message. The id of the message is what its reader alone knows; a chatflow that has a
     * key of its own asks for that too.
     * </pre>
     */
    public void createFeedback(io.tradewind.v1.CreateFeedbackRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateFeedbackResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateFeedbackMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes what is set and leaves the rest. The id of the feedback is what its author alone knows; a chatflow that has a key
     * of its own asks for that too.
     * </pre>
     */
    public void updateFeedback(io.tradewind.v1.UpdateFeedbackRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateFeedbackResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateFeedbackMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the feedback of a chatflow, a page at a time.
     * </pre>
     */
    public void listFeedback(io.tradewind.v1.ListFeedbackRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListFeedbackResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListFeedbackMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getCreateFeedbackMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CreateFeedbackRequest,
                io.tradewind.v1.CreateFeedbackResponse>(
                  this, METHODID_CREATE_FEEDBACK)))
          .addMethod(
            getUpdateFeedbackMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateFeedbackRequest,
                io.tradewind.v1.UpdateFeedbackResponse>(
                  this, METHODID_UPDATE_FEEDBACK)))
          .addMethod(
            getListFeedbackMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListFeedbackRequest,
                io.tradewind.v1.ListFeedbackResponse>(
                  this, METHODID_LIST_FEEDBACK)))
          .build();
    }
  }

  /**
   * <pre>
   * Takes and lists feedback. A message has at most one; deleting the message deletes it too.
   * </pre>
   */
  public static final class FeedbackServiceStub extends io.grpc.stub.AbstractAsyncStub<FeedbackServiceStub> {
    private FeedbackServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected FeedbackServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new FeedbackServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores what a person thinks of one message. The id of the message is what its reader alone knows; a chatflow that has a
     * key of its own asks for that too.
     * </pre>
     */
    public void createFeedback(io.tradewind.v1.CreateFeedbackRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateFeedbackResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateFeedbackMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes what is set and leaves the rest. The id of the feedback is what its author alone knows; a chatflow that has a key
     * of its own asks for that too.
     * </pre>
     */
    public void updateFeedback(io.tradewind.v1.UpdateFeedbackRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateFeedbackResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateFeedbackMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the feedback of a chatflow, a page at a time.
     * </pre>
     */
    public void listFeedback(io.tradewind.v1.ListFeedbackRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListFeedbackResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListFeedbackMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Takes and lists feedback. A message has at most one; deleting the message deletes it too.
   * </pre>
   */
  public static final class FeedbackServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<FeedbackServiceBlockingStub> {
    private FeedbackServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected FeedbackServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new FeedbackServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores what a person thinks of one message. The id of the message is what its reader alone knows; a chatflow that has a
     * key of its own asks for that too.
     * </pre>
     */
    public io.tradewind.v1.CreateFeedbackResponse createFeedback(io.tradewind.v1.CreateFeedbackRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateFeedbackMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes what is set and leaves the rest. The id of the feedback is what its author alone knows; a chatflow that has a key
     * of its own asks for that too.
     * </pre>
     */
    public io.tradewind.v1.UpdateFeedbackResponse updateFeedback(io.tradewind.v1.UpdateFeedbackRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateFeedbackMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the feedback of a chatflow, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListFeedbackResponse listFeedback(io.tradewind.v1.ListFeedbackRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListFeedbackMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Takes and lists feedback. A message has at most one; deleting the message deletes it too.
   * </pre>
   */
  public static final class FeedbackServiceFutureStub extends io.grpc.stub.AbstractFutureStub<FeedbackServiceFutureStub> {
    private FeedbackServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected FeedbackServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new FeedbackServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores what a person thinks of one message. The id of the message is what its reader alone knows; a chatflow that has a
     * key of its own asks for that too.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CreateFeedbackResponse> createFeedback(
        io.tradewind.v1.CreateFeedbackRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateFeedbackMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes what is set and leaves the rest. The id of the feedback is what its author alone knows; a chatflow that has a key
     * of its own asks for that too.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateFeedbackResponse> updateFeedback(
        io.tradewind.v1.UpdateFeedbackRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateFeedbackMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the feedback of a chatflow, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListFeedbackResponse> listFeedback(
        io.tradewind.v1.ListFeedbackRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListFeedbackMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_FEEDBACK = 0;
  private static final int METHODID_UPDATE_FEEDBACK = 1;
  private static final int METHODID_LIST_FEEDBACK = 2;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final FeedbackServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(FeedbackServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_FEEDBACK:
          serviceImpl.createFeedback((io.tradewind.v1.CreateFeedbackRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CreateFeedbackResponse>) responseObserver);
          break;
        case METHODID_UPDATE_FEEDBACK:
          serviceImpl.updateFeedback((io.tradewind.v1.UpdateFeedbackRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateFeedbackResponse>) responseObserver);
          break;
        case METHODID_LIST_FEEDBACK:
          serviceImpl.listFeedback((io.tradewind.v1.ListFeedbackRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListFeedbackResponse>) responseObserver);
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

  private static abstract class FeedbackServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    FeedbackServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.FeedbackOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("FeedbackService");
    }
  }

  private static final class FeedbackServiceFileDescriptorSupplier
      extends FeedbackServiceBaseDescriptorSupplier {
    FeedbackServiceFileDescriptorSupplier() {}
  }

  private static final class FeedbackServiceMethodDescriptorSupplier
      extends FeedbackServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    FeedbackServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (FeedbackServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new FeedbackServiceFileDescriptorSupplier())
              .addMethod(getCreateFeedbackMethod())
              .addMethod(getUpdateFeedbackMethod())
              .addMethod(getListFeedbackMethod())
              .build();
        }
      }
    }
    return result;
  }
}
