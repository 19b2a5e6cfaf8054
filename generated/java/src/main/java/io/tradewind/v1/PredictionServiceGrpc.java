package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Runs a chatflow with a question and yields its answer. Each answered turn is stored as two chat messages.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/prediction.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class PredictionServiceGrpc {

  private PredictionServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.PredictionService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.PredictRequest,
      io.tradewind.v1.PredictResponse> getPredictMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Predict",
      requestType = io.tradewind.v1.PredictRequest.class,
      responseType = io.tradewind.v1.PredictResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.PredictRequest,
      io.tradewind.v1.PredictResponse> getPredictMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.PredictRequest, io.tradewind.v1.PredictResponse> getPredictMethod;
    if ((getPredictMethod = PredictionServiceGrpc.getPredictMethod) == null) {
      synchronized (PredictionServiceGrpc.class) {
        if ((getPredictMethod = PredictionServiceGrpc.getPredictMethod) == null) {
          PredictionServiceGrpc.getPredictMethod = getPredictMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.PredictRequest, io.tradewind.v1.PredictResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Predict"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.PredictRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.PredictResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PredictionServiceMethodDescriptorSupplier("Predict"))
              .build();
        }
      }
    }
    return getPredictMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StreamPredictRequest,
      io.tradewind.v1.StreamPredictResponse> getStreamPredictMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamPredict",
      requestType = io.tradewind.v1.StreamPredictRequest.class,
      responseType = io.tradewind.v1.StreamPredictResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StreamPredictRequest,
      io.tradewind.v1.StreamPredictResponse> getStreamPredictMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StreamPredictRequest, io.tradewind.v1.StreamPredictResponse> getStreamPredictMethod;
    if ((getStreamPredictMethod = PredictionServiceGrpc.getStreamPredictMethod) == null) {
      synchronized (PredictionServiceGrpc.class) {
        if ((getStreamPredictMethod = PredictionServiceGrpc.getStreamPredictMethod) == null) {
          PredictionServiceGrpc.getStreamPredictMethod = getStreamPredictMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StreamPredictRequest, io.tradewind.v1.StreamPredictResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamPredict"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamPredictRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamPredictResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PredictionServiceMethodDescriptorSupplier("StreamPredict"))
              .build();
        }
      }
    }
    return getStreamPredictMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UploadPredictRequest,
      io.tradewind.v1.UploadPredictResponse> getUploadPredictMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UploadPredict",
      requestType = io.tradewind.v1.UploadPredictRequest.class,
      responseType = io.tradewind.v1.UploadPredictResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UploadPredictRequest,
      io.tradewind.v1.UploadPredictResponse> getUploadPredictMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UploadPredictRequest, io.tradewind.v1.UploadPredictResponse> getUploadPredictMethod;
    if ((getUploadPredictMethod = PredictionServiceGrpc.getUploadPredictMethod) == null) {
      synchronized (PredictionServiceGrpc.class) {
        if ((getUploadPredictMethod = PredictionServiceGrpc.getUploadPredictMethod) == null) {
          PredictionServiceGrpc.getUploadPredictMethod = getUploadPredictMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UploadPredictRequest, io.tradewind.v1.UploadPredictResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UploadPredict"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UploadPredictRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UploadPredictResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PredictionServiceMethodDescriptorSupplier("UploadPredict"))
              .build();
        }
      }
    }
    return getUploadPredictMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static PredictionServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PredictionServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PredictionServiceStub>() {
        @java.lang.Override
        public PredictionServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PredictionServiceStub(channel, callOptions);
        }
      };
    return PredictionServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static PredictionServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PredictionServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PredictionServiceBlockingStub>() {
        @java.lang.Override
        public PredictionServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PredictionServiceBlockingStub(channel, callOptions);
        }
      };
    return PredictionServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static PredictionServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PredictionServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PredictionServiceFutureStub>() {
        @java.lang.Override
        public PredictionServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PredictionServiceFutureStub(channel, callOptions);
        }
      };
    return PredictionServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Runs a chatflow with a question and yields its answer. Each answered turn is stored as two chat messages.
   * </pre>
   */
  public static abstract class PredictionServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Answers a question in one piece.
     * </pre>
     */
    public void predict(io.tradewind.v1.PredictRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.PredictResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPredictMethod(), responseObserver);
    }

    /**
     * <pre>
     * Answers a question as it is made. What is refused is refused before the first event; a failure after it comes as the
     * event `error`. The last event is always `end`. A chatflow that cannot stream sends its whole answer as one `token`.
     * </pre>
     */
    public void streamPredict(io.tradewind.v1.StreamPredictRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamPredictResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStreamPredictMethod(), responseObserver);
    }

    /**
     * <pre>
     * Answers a question that comes with files. The first message holds the request, then each file is a header followed
     * by its chunks.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.UploadPredictRequest> uploadPredict(
        io.grpc.stub.StreamObserver<io.tradewind.v1.UploadPredictResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getUploadPredictMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getPredictMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.PredictRequest,
                io.tradewind.v1.PredictResponse>(
                  this, METHODID_PREDICT)))
          .addMethod(
            getStreamPredictMethod(),
            io.grpc.stub.ServerCalls.asyncServerStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.StreamPredictRequest,
                io.tradewind.v1.StreamPredictResponse>(
                  this, METHODID_STREAM_PREDICT)))
          .addMethod(
            getUploadPredictMethod(),
            io.grpc.stub.ServerCalls.asyncClientStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.UploadPredictRequest,
                io.tradewind.v1.UploadPredictResponse>(
                  this, METHODID_UPLOAD_PREDICT)))
          .build();
    }
  }

  /**
   * <pre>
   * Runs a chatflow with a question and yields its answer. Each answered turn is stored as two chat messages.
   * </pre>
   */
  public static final class PredictionServiceStub extends io.grpc.stub.AbstractAsyncStub<PredictionServiceStub> {
    private PredictionServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PredictionServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PredictionServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Answers a question in one piece.
     * </pre>
     */
    public void predict(io.tradewind.v1.PredictRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.PredictResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPredictMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Answers a question as it is made. What is refused is refused before the first event; a failure after it comes as the
     * event `error`. The last event is always `end`. A chatflow that cannot stream sends its whole answer as one `token`.
     * </pre>
     */
    public void streamPredict(io.tradewind.v1.StreamPredictRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamPredictResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getStreamPredictMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Answers a question that comes with files. The first message holds the request, then each file is a header followed
     * by its chunks.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.UploadPredictRequest> uploadPredict(
        io.grpc.stub.StreamObserver<io.tradewind.v1.UploadPredictResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getUploadPredictMethod(), getCallOptions()), responseObserver);
    }
  }

  /**
   * <pre>
   * Runs a chatflow with a question and yields its answer. Each answered turn is stored as two chat messages.
   * </pre>
   */
  public static final class PredictionServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<PredictionServiceBlockingStub> {
    private PredictionServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PredictionServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PredictionServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Answers a question in one piece.
     * </pre>
     */
    public io.tradewind.v1.PredictResponse predict(io.tradewind.v1.PredictRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPredictMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Answers a question as it is made. What is refused is refused before the first event; a failure after it comes as the
     * event `error`. The last event is always `end`. A chatflow that cannot stream sends its whole answer as one `token`.
     * </pre>
     */
    public java.util.Iterator<io.tradewind.v1.StreamPredictResponse> streamPredict(
        io.tradewind.v1.StreamPredictRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getStreamPredictMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Runs a chatflow with a question and yields its answer. Each answered turn is stored as two chat messages.
   * </pre>
   */
  public static final class PredictionServiceFutureStub extends io.grpc.stub.AbstractFutureStub<PredictionServiceFutureStub> {
    private PredictionServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PredictionServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PredictionServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Answers a question in one piece.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.PredictResponse> predict(
        io.tradewind.v1.PredictRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPredictMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_PREDICT = 0;
  private static final int METHODID_STREAM_PREDICT = 1;
  private static final int METHODID_UPLOAD_PREDICT = 2;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final PredictionServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(PredictionServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_PREDICT:
          serviceImpl.predict((io.tradewind.v1.PredictRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.PredictResponse>) responseObserver);
          break;
        case METHODID_STREAM_PREDICT:
          serviceImpl.streamPredict((io.tradewind.v1.StreamPredictRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StreamPredictResponse>) responseObserver);
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
        case METHODID_UPLOAD_PREDICT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.uploadPredict(
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UploadPredictResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  private static abstract class PredictionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    PredictionServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.Prediction.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("PredictionService");
    }
  }

  private static final class PredictionServiceFileDescriptorSupplier
      extends PredictionServiceBaseDescriptorSupplier {
    PredictionServiceFileDescriptorSupplier() {}
  }

  private static final class PredictionServiceMethodDescriptorSupplier
      extends PredictionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    PredictionServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (PredictionServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new PredictionServiceFileDescriptorSupplier())
              .addMethod(getPredictMethod())
              .addMethod(getStreamPredictMethod())
              .addMethod(getUploadPredictMethod())
              .build();
        }
      }
    }
    return result;
  }
}
