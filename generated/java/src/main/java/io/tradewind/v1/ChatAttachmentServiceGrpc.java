package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Attaches files to chats.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/chat_attachment.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class ChatAttachmentServiceGrpc {

  private ChatAttachmentServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.ChatAttachmentService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UploadChatAttachmentsRequest,
      io.tradewind.v1.UploadChatAttachmentsResponse> getUploadChatAttachmentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UploadChatAttachments",
      requestType = io.tradewind.v1.UploadChatAttachmentsRequest.class,
      responseType = io.tradewind.v1.UploadChatAttachmentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UploadChatAttachmentsRequest,
      io.tradewind.v1.UploadChatAttachmentsResponse> getUploadChatAttachmentsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UploadChatAttachmentsRequest, io.tradewind.v1.UploadChatAttachmentsResponse> getUploadChatAttachmentsMethod;
    if ((getUploadChatAttachmentsMethod = ChatAttachmentServiceGrpc.getUploadChatAttachmentsMethod) == null) {
      synchronized (ChatAttachmentServiceGrpc.class) {
        if ((getUploadChatAttachmentsMethod = ChatAttachmentServiceGrpc.getUploadChatAttachmentsMethod) == null) {
          ChatAttachmentServiceGrpc.getUploadChatAttachmentsMethod = getUploadChatAttachmentsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UploadChatAttachmentsRequest, io.tradewind.v1.UploadChatAttachmentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UploadChatAttachments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UploadChatAttachmentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UploadChatAttachmentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatAttachmentServiceMethodDescriptorSupplier("UploadChatAttachments"))
              .build();
        }
      }
    }
    return getUploadChatAttachmentsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ChatAttachmentServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatAttachmentServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatAttachmentServiceStub>() {
        @java.lang.Override
        public ChatAttachmentServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatAttachmentServiceStub(channel, callOptions);
        }
      };
    return ChatAttachmentServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ChatAttachmentServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatAttachmentServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatAttachmentServiceBlockingStub>() {
        @java.lang.Override
        public ChatAttachmentServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatAttachmentServiceBlockingStub(channel, callOptions);
        }
      };
    return ChatAttachmentServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ChatAttachmentServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatAttachmentServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatAttachmentServiceFutureStub>() {
        @java.lang.Override
        public ChatAttachmentServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatAttachmentServiceFutureStub(channel, callOptions);
        }
      };
    return ChatAttachmentServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Attaches files to chats.
   * </pre>
   */
  public static abstract class ChatAttachmentServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Keeps files under a chat and answers what they hold, for a question that sends it along as attachments of the kind
     * `ATTACHMENT_KIND_FULL_TEXT`. The chatflow's owner switches it on as `fullFileUpload` of `chatbotConfig`, and may list the
     * media types there. Either all files are kept or none. The first message holds the options, then each file is a header
     * followed by its chunks. A chat whose id holds no UUID needs an API key, for its id could be guessed.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.UploadChatAttachmentsRequest> uploadChatAttachments(
        io.grpc.stub.StreamObserver<io.tradewind.v1.UploadChatAttachmentsResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getUploadChatAttachmentsMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getUploadChatAttachmentsMethod(),
            io.grpc.stub.ServerCalls.asyncClientStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.UploadChatAttachmentsRequest,
                io.tradewind.v1.UploadChatAttachmentsResponse>(
                  this, METHODID_UPLOAD_CHAT_ATTACHMENTS)))
          .build();
    }
  }

  /**
   * <pre>
   * Attaches files to chats.
   * </pre>
   */
  public static final class ChatAttachmentServiceStub extends io.grpc.stub.AbstractAsyncStub<ChatAttachmentServiceStub> {
    private ChatAttachmentServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatAttachmentServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatAttachmentServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Keeps files under a chat and answers what they hold, for a question that sends it along as attachments of the kind
     * `ATTACHMENT_KIND_FULL_TEXT`. The chatflow's owner switches it on as `fullFileUpload` of `chatbotConfig`, and may list the
     * media types there. Either all files are kept or none. The first message holds the options, then each file is a header
     * followed by its chunks. A chat whose id holds no UUID needs an API key, for its id could be guessed.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.UploadChatAttachmentsRequest> uploadChatAttachments(
        io.grpc.stub.StreamObserver<io.tradewind.v1.UploadChatAttachmentsResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getUploadChatAttachmentsMethod(), getCallOptions()), responseObserver);
    }
  }

  /**
   * <pre>
   * Attaches files to chats.
   * </pre>
   */
  public static final class ChatAttachmentServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<ChatAttachmentServiceBlockingStub> {
    private ChatAttachmentServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatAttachmentServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatAttachmentServiceBlockingStub(channel, callOptions);
    }
  }

  /**
   * <pre>
   * Attaches files to chats.
   * </pre>
   */
  public static final class ChatAttachmentServiceFutureStub extends io.grpc.stub.AbstractFutureStub<ChatAttachmentServiceFutureStub> {
    private ChatAttachmentServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatAttachmentServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatAttachmentServiceFutureStub(channel, callOptions);
    }
  }

  private static final int METHODID_UPLOAD_CHAT_ATTACHMENTS = 0;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final ChatAttachmentServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(ChatAttachmentServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_UPLOAD_CHAT_ATTACHMENTS:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.uploadChatAttachments(
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UploadChatAttachmentsResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  private static abstract class ChatAttachmentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ChatAttachmentServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.ChatAttachment.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ChatAttachmentService");
    }
  }

  private static final class ChatAttachmentServiceFileDescriptorSupplier
      extends ChatAttachmentServiceBaseDescriptorSupplier {
    ChatAttachmentServiceFileDescriptorSupplier() {}
  }

  private static final class ChatAttachmentServiceMethodDescriptorSupplier
      extends ChatAttachmentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    ChatAttachmentServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (ChatAttachmentServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ChatAttachmentServiceFileDescriptorSupplier())
              .addMethod(getUploadChatAttachmentsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
