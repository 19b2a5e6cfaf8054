package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Reads texts aloud with the voice that a chatflow's owner chose, or with one that the caller names.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/speech.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class SpeechServiceGrpc {

  private SpeechServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.SpeechService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StreamSpeechRequest,
      io.tradewind.v1.StreamSpeechResponse> getStreamSpeechMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamSpeech",
      requestType = io.tradewind.v1.StreamSpeechRequest.class,
      responseType = io.tradewind.v1.StreamSpeechResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StreamSpeechRequest,
      io.tradewind.v1.StreamSpeechResponse> getStreamSpeechMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StreamSpeechRequest, io.tradewind.v1.StreamSpeechResponse> getStreamSpeechMethod;
    if ((getStreamSpeechMethod = SpeechServiceGrpc.getStreamSpeechMethod) == null) {
      synchronized (SpeechServiceGrpc.class) {
        if ((getStreamSpeechMethod = SpeechServiceGrpc.getStreamSpeechMethod) == null) {
          SpeechServiceGrpc.getStreamSpeechMethod = getStreamSpeechMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StreamSpeechRequest, io.tradewind.v1.StreamSpeechResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamSpeech"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamSpeechRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamSpeechResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SpeechServiceMethodDescriptorSupplier("StreamSpeech"))
              .build();
        }
      }
    }
    return getStreamSpeechMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.AbortSpeechRequest,
      io.tradewind.v1.AbortSpeechResponse> getAbortSpeechMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AbortSpeech",
      requestType = io.tradewind.v1.AbortSpeechRequest.class,
      responseType = io.tradewind.v1.AbortSpeechResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.AbortSpeechRequest,
      io.tradewind.v1.AbortSpeechResponse> getAbortSpeechMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.AbortSpeechRequest, io.tradewind.v1.AbortSpeechResponse> getAbortSpeechMethod;
    if ((getAbortSpeechMethod = SpeechServiceGrpc.getAbortSpeechMethod) == null) {
      synchronized (SpeechServiceGrpc.class) {
        if ((getAbortSpeechMethod = SpeechServiceGrpc.getAbortSpeechMethod) == null) {
          SpeechServiceGrpc.getAbortSpeechMethod = getAbortSpeechMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.AbortSpeechRequest, io.tradewind.v1.AbortSpeechResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AbortSpeech"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.AbortSpeechRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.AbortSpeechResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SpeechServiceMethodDescriptorSupplier("AbortSpeech"))
              .build();
        }
      }
    }
    return getAbortSpeechMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListVoicesRequest,
      io.tradewind.v1.ListVoicesResponse> getListVoicesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListVoices",
      requestType = io.tradewind.v1.ListVoicesRequest.class,
      responseType = io.tradewind.v1.ListVoicesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListVoicesRequest,
      io.tradewind.v1.ListVoicesResponse> getListVoicesMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListVoicesRequest, io.tradewind.v1.ListVoicesResponse> getListVoicesMethod;
    if ((getListVoicesMethod = SpeechServiceGrpc.getListVoicesMethod) == null) {
      synchronized (SpeechServiceGrpc.class) {
        if ((getListVoicesMethod = SpeechServiceGrpc.getListVoicesMethod) == null) {
          SpeechServiceGrpc.getListVoicesMethod = getListVoicesMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListVoicesRequest, io.tradewind.v1.ListVoicesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListVoices"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListVoicesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListVoicesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SpeechServiceMethodDescriptorSupplier("ListVoices"))
              .build();
        }
      }
    }
    return getListVoicesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SpeechServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SpeechServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SpeechServiceStub>() {
        @java.lang.Override
        public SpeechServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SpeechServiceStub(channel, callOptions);
        }
      };
    return SpeechServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SpeechServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SpeechServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SpeechServiceBlockingStub>() {
        @java.lang.Override
        public SpeechServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SpeechServiceBlockingStub(channel, callOptions);
        }
      };
    return SpeechServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SpeechServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SpeechServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SpeechServiceFutureStub>() {
        @java.lang.Override
        public SpeechServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SpeechServiceFutureStub(channel, callOptions);
        }
      };
    return SpeechServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Reads texts aloud with the voice that a chatflow's owner chose, or with one that the caller names.
   * </pre>
   */
  public static abstract class SpeechServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Reads a text aloud, as its sound arrives. For a chatflow it answers whoever may ask that chatflow, with the voice of its
     * `textToSpeech`; without one it needs an API key with `chatflows:view` or
     * `chatflows:update`, and `voice` says which. What is refused is refused before the first
     * event; a failure after it comes as the event `error`.
     * </pre>
     */
    public void streamSpeech(io.tradewind.v1.StreamSpeechRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamSpeechResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStreamSpeechMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops the reading of an answer, of `StreamSpeech` as of a streamed prediction. One that is not running is no error.
     * </pre>
     */
    public void abortSpeech(io.tradewind.v1.AbortSpeechRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.AbortSpeechResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAbortSpeechMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the voices of a provider.
     * </pre>
     */
    public void listVoices(io.tradewind.v1.ListVoicesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListVoicesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListVoicesMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getStreamSpeechMethod(),
            io.grpc.stub.ServerCalls.asyncServerStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.StreamSpeechRequest,
                io.tradewind.v1.StreamSpeechResponse>(
                  this, METHODID_STREAM_SPEECH)))
          .addMethod(
            getAbortSpeechMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.AbortSpeechRequest,
                io.tradewind.v1.AbortSpeechResponse>(
                  this, METHODID_ABORT_SPEECH)))
          .addMethod(
            getListVoicesMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListVoicesRequest,
                io.tradewind.v1.ListVoicesResponse>(
                  this, METHODID_LIST_VOICES)))
          .build();
    }
  }

  /**
   * <pre>
   * Reads texts aloud with the voice that a chatflow's owner chose, or with one that the caller names.
   * </pre>
   */
  public static final class SpeechServiceStub extends io.grpc.stub.AbstractAsyncStub<SpeechServiceStub> {
    private SpeechServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SpeechServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SpeechServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads a text aloud, as its sound arrives. For a chatflow it answers whoever may ask that chatflow, with the voice of its
     * `textToSpeech`; without one it needs an API key with `chatflows:view` or
     * `chatflows:update`, and `voice` says which. What is refused is refused before the first
     * event; a failure after it comes as the event `error`.
     * </pre>
     */
    public void streamSpeech(io.tradewind.v1.StreamSpeechRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamSpeechResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getStreamSpeechMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops the reading of an answer, of `StreamSpeech` as of a streamed prediction. One that is not running is no error.
     * </pre>
     */
    public void abortSpeech(io.tradewind.v1.AbortSpeechRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.AbortSpeechResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAbortSpeechMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the voices of a provider.
     * </pre>
     */
    public void listVoices(io.tradewind.v1.ListVoicesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListVoicesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListVoicesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Reads texts aloud with the voice that a chatflow's owner chose, or with one that the caller names.
   * </pre>
   */
  public static final class SpeechServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<SpeechServiceBlockingStub> {
    private SpeechServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SpeechServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SpeechServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads a text aloud, as its sound arrives. For a chatflow it answers whoever may ask that chatflow, with the voice of its
     * `textToSpeech`; without one it needs an API key with `chatflows:view` or
     * `chatflows:update`, and `voice` says which. What is refused is refused before the first
     * event; a failure after it comes as the event `error`.
     * </pre>
     */
    public java.util.Iterator<io.tradewind.v1.StreamSpeechResponse> streamSpeech(
        io.tradewind.v1.StreamSpeechRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getStreamSpeechMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops the reading of an answer, of `StreamSpeech` as of a streamed prediction. One that is not running is no error.
     * </pre>
     */
    public io.tradewind.v1.AbortSpeechResponse abortSpeech(io.tradewind.v1.AbortSpeechRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAbortSpeechMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the voices of a provider.
     * </pre>
     */
    public io.tradewind.v1.ListVoicesResponse listVoices(io.tradewind.v1.ListVoicesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListVoicesMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Reads texts aloud with the voice that a chatflow's owner chose, or with one that the caller names.
   * </pre>
   */
  public static final class SpeechServiceFutureStub extends io.grpc.stub.AbstractFutureStub<SpeechServiceFutureStub> {
    private SpeechServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SpeechServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SpeechServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stops the reading of an answer, of `StreamSpeech` as of a streamed prediction. One that is not running is no error.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.AbortSpeechResponse> abortSpeech(
        io.tradewind.v1.AbortSpeechRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAbortSpeechMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the voices of a provider.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListVoicesResponse> listVoices(
        io.tradewind.v1.ListVoicesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListVoicesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_STREAM_SPEECH = 0;
  private static final int METHODID_ABORT_SPEECH = 1;
  private static final int METHODID_LIST_VOICES = 2;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final SpeechServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(SpeechServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_STREAM_SPEECH:
          serviceImpl.streamSpeech((io.tradewind.v1.StreamSpeechRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StreamSpeechResponse>) responseObserver);
          break;
        case METHODID_ABORT_SPEECH:
          serviceImpl.abortSpeech((io.tradewind.v1.AbortSpeechRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.AbortSpeechResponse>) responseObserver);
          break;
        case METHODID_LIST_VOICES:
          serviceImpl.listVoices((io.tradewind.v1.ListVoicesRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListVoicesResponse>) responseObserver);
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

  private static abstract class SpeechServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SpeechServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.Speech.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SpeechService");
    }
  }

  private static final class SpeechServiceFileDescriptorSupplier
      extends SpeechServiceBaseDescriptorSupplier {
    SpeechServiceFileDescriptorSupplier() {}
  }

  private static final class SpeechServiceMethodDescriptorSupplier
      extends SpeechServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    SpeechServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (SpeechServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SpeechServiceFileDescriptorSupplier())
              .addMethod(getStreamSpeechMethod())
              .addMethod(getAbortSpeechMethod())
              .addMethod(getListVoicesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
