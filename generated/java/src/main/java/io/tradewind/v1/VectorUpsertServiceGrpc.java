package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Loads documents, splits them, embeds the chunks and writes them to a chatflow's vector store.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/vector_upsert.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class VectorUpsertServiceGrpc {

  private VectorUpsertServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.VectorUpsertService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpsertRequest,
      io.tradewind.v1.UpsertResponse> getUpsertMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Upsert",
      requestType = io.tradewind.v1.UpsertRequest.class,
      responseType = io.tradewind.v1.UpsertResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpsertRequest,
      io.tradewind.v1.UpsertResponse> getUpsertMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpsertRequest, io.tradewind.v1.UpsertResponse> getUpsertMethod;
    if ((getUpsertMethod = VectorUpsertServiceGrpc.getUpsertMethod) == null) {
      synchronized (VectorUpsertServiceGrpc.class) {
        if ((getUpsertMethod = VectorUpsertServiceGrpc.getUpsertMethod) == null) {
          VectorUpsertServiceGrpc.getUpsertMethod = getUpsertMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpsertRequest, io.tradewind.v1.UpsertResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Upsert"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpsertRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpsertResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VectorUpsertServiceMethodDescriptorSupplier("Upsert"))
              .build();
        }
      }
    }
    return getUpsertMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UploadUpsertRequest,
      io.tradewind.v1.UploadUpsertResponse> getUploadUpsertMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UploadUpsert",
      requestType = io.tradewind.v1.UploadUpsertRequest.class,
      responseType = io.tradewind.v1.UploadUpsertResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UploadUpsertRequest,
      io.tradewind.v1.UploadUpsertResponse> getUploadUpsertMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UploadUpsertRequest, io.tradewind.v1.UploadUpsertResponse> getUploadUpsertMethod;
    if ((getUploadUpsertMethod = VectorUpsertServiceGrpc.getUploadUpsertMethod) == null) {
      synchronized (VectorUpsertServiceGrpc.class) {
        if ((getUploadUpsertMethod = VectorUpsertServiceGrpc.getUploadUpsertMethod) == null) {
          VectorUpsertServiceGrpc.getUploadUpsertMethod = getUploadUpsertMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UploadUpsertRequest, io.tradewind.v1.UploadUpsertResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UploadUpsert"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UploadUpsertRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UploadUpsertResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VectorUpsertServiceMethodDescriptorSupplier("UploadUpsert"))
              .build();
        }
      }
    }
    return getUploadUpsertMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StreamUpsertRequest,
      io.tradewind.v1.StreamUpsertResponse> getStreamUpsertMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamUpsert",
      requestType = io.tradewind.v1.StreamUpsertRequest.class,
      responseType = io.tradewind.v1.StreamUpsertResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StreamUpsertRequest,
      io.tradewind.v1.StreamUpsertResponse> getStreamUpsertMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StreamUpsertRequest, io.tradewind.v1.StreamUpsertResponse> getStreamUpsertMethod;
    if ((getStreamUpsertMethod = VectorUpsertServiceGrpc.getStreamUpsertMethod) == null) {
      synchronized (VectorUpsertServiceGrpc.class) {
        if ((getStreamUpsertMethod = VectorUpsertServiceGrpc.getStreamUpsertMethod) == null) {
          VectorUpsertServiceGrpc.getStreamUpsertMethod = getStreamUpsertMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StreamUpsertRequest, io.tradewind.v1.StreamUpsertResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamUpsert"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamUpsertRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamUpsertResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VectorUpsertServiceMethodDescriptorSupplier("StreamUpsert"))
              .build();
        }
      }
    }
    return getStreamUpsertMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StreamUploadUpsertRequest,
      io.tradewind.v1.StreamUploadUpsertResponse> getStreamUploadUpsertMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamUploadUpsert",
      requestType = io.tradewind.v1.StreamUploadUpsertRequest.class,
      responseType = io.tradewind.v1.StreamUploadUpsertResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StreamUploadUpsertRequest,
      io.tradewind.v1.StreamUploadUpsertResponse> getStreamUploadUpsertMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StreamUploadUpsertRequest, io.tradewind.v1.StreamUploadUpsertResponse> getStreamUploadUpsertMethod;
    if ((getStreamUploadUpsertMethod = VectorUpsertServiceGrpc.getStreamUploadUpsertMethod) == null) {
      synchronized (VectorUpsertServiceGrpc.class) {
        if ((getStreamUploadUpsertMethod = VectorUpsertServiceGrpc.getStreamUploadUpsertMethod) == null) {
          VectorUpsertServiceGrpc.getStreamUploadUpsertMethod = getStreamUploadUpsertMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StreamUploadUpsertRequest, io.tradewind.v1.StreamUploadUpsertResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamUploadUpsert"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamUploadUpsertRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamUploadUpsertResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VectorUpsertServiceMethodDescriptorSupplier("StreamUploadUpsert"))
              .build();
        }
      }
    }
    return getStreamUploadUpsertMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static VectorUpsertServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VectorUpsertServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VectorUpsertServiceStub>() {
        @java.lang.Override
        public VectorUpsertServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VectorUpsertServiceStub(channel, callOptions);
        }
      };
    return VectorUpsertServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static VectorUpsertServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VectorUpsertServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VectorUpsertServiceBlockingStub>() {
        @java.lang.Override
        public VectorUpsertServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VectorUpsertServiceBlockingStub(channel, callOptions);
        }
      };
    return VectorUpsertServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static VectorUpsertServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VectorUpsertServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VectorUpsertServiceFutureStub>() {
        @java.lang.Override
        public VectorUpsertServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VectorUpsertServiceFutureStub(channel, callOptions);
        }
      };
    return VectorUpsertServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Loads documents, splits them, embeds the chunks and writes them to a chatflow's vector store.
   * </pre>
   */
  public static abstract class VectorUpsertServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Upserts what the document loaders of the chatflow name.
     * </pre>
     */
    public void upsert(io.tradewind.v1.UpsertRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpsertResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpsertMethod(), responseObserver);
    }

    /**
     * <pre>
     * Upserts uploaded files. The first message holds the request, then each file is a header followed by its chunks.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.UploadUpsertRequest> uploadUpsert(
        io.grpc.stub.StreamObserver<io.tradewind.v1.UploadUpsertResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getUploadUpsertMethod(), responseObserver);
    }

    /**
     * <pre>
     * Like `Upsert`, and tells meanwhile how far it is. What is refused is refused before the first message; the last message
     * of an upsert that succeeds holds its result. A caller that leaves before then undoes the upsert.
     * </pre>
     */
    public void streamUpsert(io.tradewind.v1.StreamUpsertRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUpsertResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStreamUpsertMethod(), responseObserver);
    }

    /**
     * <pre>
     * Like `UploadUpsert`, and tells how far it is once all files have arrived.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadUpsertRequest> streamUploadUpsert(
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadUpsertResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getStreamUploadUpsertMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getUpsertMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpsertRequest,
                io.tradewind.v1.UpsertResponse>(
                  this, METHODID_UPSERT)))
          .addMethod(
            getUploadUpsertMethod(),
            io.grpc.stub.ServerCalls.asyncClientStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.UploadUpsertRequest,
                io.tradewind.v1.UploadUpsertResponse>(
                  this, METHODID_UPLOAD_UPSERT)))
          .addMethod(
            getStreamUpsertMethod(),
            io.grpc.stub.ServerCalls.asyncServerStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.StreamUpsertRequest,
                io.tradewind.v1.StreamUpsertResponse>(
                  this, METHODID_STREAM_UPSERT)))
          .addMethod(
            getStreamUploadUpsertMethod(),
            io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.StreamUploadUpsertRequest,
                io.tradewind.v1.StreamUploadUpsertResponse>(
                  this, METHODID_STREAM_UPLOAD_UPSERT)))
          .build();
    }
  }

  /**
   * <pre>
   * Loads documents, splits them, embeds the chunks and writes them to a chatflow's vector store.
   * </pre>
   */
  public static final class VectorUpsertServiceStub extends io.grpc.stub.AbstractAsyncStub<VectorUpsertServiceStub> {
    private VectorUpsertServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VectorUpsertServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VectorUpsertServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Upserts what the document loaders of the chatflow name.
     * </pre>
     */
    public void upsert(io.tradewind.v1.UpsertRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpsertResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpsertMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Upserts uploaded files. The first message holds the request, then each file is a header followed by its chunks.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.UploadUpsertRequest> uploadUpsert(
        io.grpc.stub.StreamObserver<io.tradewind.v1.UploadUpsertResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getUploadUpsertMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Like `Upsert`, and tells meanwhile how far it is. What is refused is refused before the first message; the last message
     * of an upsert that succeeds holds its result. A caller that leaves before then undoes the upsert.
     * </pre>
     */
    public void streamUpsert(io.tradewind.v1.StreamUpsertRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUpsertResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getStreamUpsertMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Like `UploadUpsert`, and tells how far it is once all files have arrived.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadUpsertRequest> streamUploadUpsert(
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadUpsertResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getStreamUploadUpsertMethod(), getCallOptions()), responseObserver);
    }
  }

  /**
   * <pre>
   * Loads documents, splits them, embeds the chunks and writes them to a chatflow's vector store.
   * </pre>
   */
  public static final class VectorUpsertServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<VectorUpsertServiceBlockingStub> {
    private VectorUpsertServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VectorUpsertServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VectorUpsertServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Upserts what the document loaders of the chatflow name.
     * </pre>
     */
    public io.tradewind.v1.UpsertResponse upsert(io.tradewind.v1.UpsertRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpsertMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Like `Upsert`, and tells meanwhile how far it is. What is refused is refused before the first message; the last message
     * of an upsert that succeeds holds its result. A caller that leaves before then undoes the upsert.
     * </pre>
     */
    public java.util.Iterator<io.tradewind.v1.StreamUpsertResponse> streamUpsert(
        io.tradewind.v1.StreamUpsertRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getStreamUpsertMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Loads documents, splits them, embeds the chunks and writes them to a chatflow's vector store.
   * </pre>
   */
  public static final class VectorUpsertServiceFutureStub extends io.grpc.stub.AbstractFutureStub<VectorUpsertServiceFutureStub> {
    private VectorUpsertServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VectorUpsertServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VectorUpsertServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Upserts what the document loaders of the chatflow name.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpsertResponse> upsert(
        io.tradewind.v1.UpsertRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpsertMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_UPSERT = 0;
  private static final int METHODID_STREAM_UPSERT = 1;
  private static final int METHODID_UPLOAD_UPSERT = 2;
  private static final int METHODID_STREAM_UPLOAD_UPSERT = 3;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final VectorUpsertServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(VectorUpsertServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_UPSERT:
          serviceImpl.upsert((io.tradewind.v1.UpsertRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpsertResponse>) responseObserver);
          break;
        case METHODID_STREAM_UPSERT:
          serviceImpl.streamUpsert((io.tradewind.v1.StreamUpsertRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUpsertResponse>) responseObserver);
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
        case METHODID_UPLOAD_UPSERT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.uploadUpsert(
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UploadUpsertResponse>) responseObserver);
        case METHODID_STREAM_UPLOAD_UPSERT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.streamUploadUpsert(
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadUpsertResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  private static abstract class VectorUpsertServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    VectorUpsertServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.VectorUpsert.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("VectorUpsertService");
    }
  }

  private static final class VectorUpsertServiceFileDescriptorSupplier
      extends VectorUpsertServiceBaseDescriptorSupplier {
    VectorUpsertServiceFileDescriptorSupplier() {}
  }

  private static final class VectorUpsertServiceMethodDescriptorSupplier
      extends VectorUpsertServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    VectorUpsertServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (VectorUpsertServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new VectorUpsertServiceFileDescriptorSupplier())
              .addMethod(getUpsertMethod())
              .addMethod(getUploadUpsertMethod())
              .addMethod(getStreamUpsertMethod())
              .addMethod(getStreamUploadUpsertMethod())
              .build();
        }
      }
    }
    return result;
  }
}
