package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Lists, edits and deletes what was said, goes on from an earlier turn, and stops what is being said.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/chat_message.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class ChatMessageServiceGrpc {

  private ChatMessageServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.ChatMessageService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListChatMessagesRequest,
      io.tradewind.v1.ListChatMessagesResponse> getListChatMessagesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListChatMessages",
      requestType = io.tradewind.v1.ListChatMessagesRequest.class,
      responseType = io.tradewind.v1.ListChatMessagesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListChatMessagesRequest,
      io.tradewind.v1.ListChatMessagesResponse> getListChatMessagesMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListChatMessagesRequest, io.tradewind.v1.ListChatMessagesResponse> getListChatMessagesMethod;
    if ((getListChatMessagesMethod = ChatMessageServiceGrpc.getListChatMessagesMethod) == null) {
      synchronized (ChatMessageServiceGrpc.class) {
        if ((getListChatMessagesMethod = ChatMessageServiceGrpc.getListChatMessagesMethod) == null) {
          ChatMessageServiceGrpc.getListChatMessagesMethod = getListChatMessagesMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListChatMessagesRequest, io.tradewind.v1.ListChatMessagesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListChatMessages"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatMessagesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatMessagesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatMessageServiceMethodDescriptorSupplier("ListChatMessages"))
              .build();
        }
      }
    }
    return getListChatMessagesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListChatSessionsRequest,
      io.tradewind.v1.ListChatSessionsResponse> getListChatSessionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListChatSessions",
      requestType = io.tradewind.v1.ListChatSessionsRequest.class,
      responseType = io.tradewind.v1.ListChatSessionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListChatSessionsRequest,
      io.tradewind.v1.ListChatSessionsResponse> getListChatSessionsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListChatSessionsRequest, io.tradewind.v1.ListChatSessionsResponse> getListChatSessionsMethod;
    if ((getListChatSessionsMethod = ChatMessageServiceGrpc.getListChatSessionsMethod) == null) {
      synchronized (ChatMessageServiceGrpc.class) {
        if ((getListChatSessionsMethod = ChatMessageServiceGrpc.getListChatSessionsMethod) == null) {
          ChatMessageServiceGrpc.getListChatSessionsMethod = getListChatSessionsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListChatSessionsRequest, io.tradewind.v1.ListChatSessionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListChatSessions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatSessionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatSessionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatMessageServiceMethodDescriptorSupplier("ListChatSessions"))
              .build();
        }
      }
    }
    return getListChatSessionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateChatMessageRequest,
      io.tradewind.v1.UpdateChatMessageResponse> getUpdateChatMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateChatMessage",
      requestType = io.tradewind.v1.UpdateChatMessageRequest.class,
      responseType = io.tradewind.v1.UpdateChatMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateChatMessageRequest,
      io.tradewind.v1.UpdateChatMessageResponse> getUpdateChatMessageMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateChatMessageRequest, io.tradewind.v1.UpdateChatMessageResponse> getUpdateChatMessageMethod;
    if ((getUpdateChatMessageMethod = ChatMessageServiceGrpc.getUpdateChatMessageMethod) == null) {
      synchronized (ChatMessageServiceGrpc.class) {
        if ((getUpdateChatMessageMethod = ChatMessageServiceGrpc.getUpdateChatMessageMethod) == null) {
          ChatMessageServiceGrpc.getUpdateChatMessageMethod = getUpdateChatMessageMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateChatMessageRequest, io.tradewind.v1.UpdateChatMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateChatMessage"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateChatMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateChatMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatMessageServiceMethodDescriptorSupplier("UpdateChatMessage"))
              .build();
        }
      }
    }
    return getUpdateChatMessageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.BranchChatSessionRequest,
      io.tradewind.v1.BranchChatSessionResponse> getBranchChatSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BranchChatSession",
      requestType = io.tradewind.v1.BranchChatSessionRequest.class,
      responseType = io.tradewind.v1.BranchChatSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.BranchChatSessionRequest,
      io.tradewind.v1.BranchChatSessionResponse> getBranchChatSessionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.BranchChatSessionRequest, io.tradewind.v1.BranchChatSessionResponse> getBranchChatSessionMethod;
    if ((getBranchChatSessionMethod = ChatMessageServiceGrpc.getBranchChatSessionMethod) == null) {
      synchronized (ChatMessageServiceGrpc.class) {
        if ((getBranchChatSessionMethod = ChatMessageServiceGrpc.getBranchChatSessionMethod) == null) {
          ChatMessageServiceGrpc.getBranchChatSessionMethod = getBranchChatSessionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.BranchChatSessionRequest, io.tradewind.v1.BranchChatSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BranchChatSession"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.BranchChatSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.BranchChatSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatMessageServiceMethodDescriptorSupplier("BranchChatSession"))
              .build();
        }
      }
    }
    return getBranchChatSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChatMessagesRequest,
      io.tradewind.v1.DeleteChatMessagesResponse> getDeleteChatMessagesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteChatMessages",
      requestType = io.tradewind.v1.DeleteChatMessagesRequest.class,
      responseType = io.tradewind.v1.DeleteChatMessagesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChatMessagesRequest,
      io.tradewind.v1.DeleteChatMessagesResponse> getDeleteChatMessagesMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChatMessagesRequest, io.tradewind.v1.DeleteChatMessagesResponse> getDeleteChatMessagesMethod;
    if ((getDeleteChatMessagesMethod = ChatMessageServiceGrpc.getDeleteChatMessagesMethod) == null) {
      synchronized (ChatMessageServiceGrpc.class) {
        if ((getDeleteChatMessagesMethod = ChatMessageServiceGrpc.getDeleteChatMessagesMethod) == null) {
          ChatMessageServiceGrpc.getDeleteChatMessagesMethod = getDeleteChatMessagesMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteChatMessagesRequest, io.tradewind.v1.DeleteChatMessagesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteChatMessages"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteChatMessagesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteChatMessagesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatMessageServiceMethodDescriptorSupplier("DeleteChatMessages"))
              .build();
        }
      }
    }
    return getDeleteChatMessagesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.AbortChatMessageRequest,
      io.tradewind.v1.AbortChatMessageResponse> getAbortChatMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AbortChatMessage",
      requestType = io.tradewind.v1.AbortChatMessageRequest.class,
      responseType = io.tradewind.v1.AbortChatMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.AbortChatMessageRequest,
      io.tradewind.v1.AbortChatMessageResponse> getAbortChatMessageMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.AbortChatMessageRequest, io.tradewind.v1.AbortChatMessageResponse> getAbortChatMessageMethod;
    if ((getAbortChatMessageMethod = ChatMessageServiceGrpc.getAbortChatMessageMethod) == null) {
      synchronized (ChatMessageServiceGrpc.class) {
        if ((getAbortChatMessageMethod = ChatMessageServiceGrpc.getAbortChatMessageMethod) == null) {
          ChatMessageServiceGrpc.getAbortChatMessageMethod = getAbortChatMessageMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.AbortChatMessageRequest, io.tradewind.v1.AbortChatMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AbortChatMessage"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.AbortChatMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.AbortChatMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatMessageServiceMethodDescriptorSupplier("AbortChatMessage"))
              .build();
        }
      }
    }
    return getAbortChatMessageMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ChatMessageServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatMessageServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatMessageServiceStub>() {
        @java.lang.Override
        public ChatMessageServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatMessageServiceStub(channel, callOptions);
        }
      };
    return ChatMessageServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ChatMessageServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatMessageServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatMessageServiceBlockingStub>() {
        @java.lang.Override
        public ChatMessageServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatMessageServiceBlockingStub(channel, callOptions);
        }
      };
    return ChatMessageServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ChatMessageServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatMessageServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatMessageServiceFutureStub>() {
        @java.lang.Override
        public ChatMessageServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatMessageServiceFutureStub(channel, callOptions);
        }
      };
    return ChatMessageServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Lists, edits and deletes what was said, goes on from an earlier turn, and stops what is being said.
   * </pre>
   */
  public static abstract class ChatMessageServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Lists messages of a chatflow, a page at a time.
     * </pre>
     */
    public void listChatMessages(io.tradewind.v1.ListChatMessagesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatMessagesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListChatMessagesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the sessions that have matching messages, ordered by their latest message, a page at a time and with a total.
     * </pre>
     */
    public void listChatSessions(io.tradewind.v1.ListChatSessionsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatSessionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListChatSessionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the text of a stored message, a question or an answer. Memory reads the new text from the next question on.
     * </pre>
     */
    public void updateChatMessage(io.tradewind.v1.UpdateChatMessageRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateChatMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateChatMessageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Copies a session up to one of its messages, that one included, to a new session, in which the conversation can go on
     * another way. The copies keep their texts and dates. Files, feedback, runs and usage are not copied.
     * </pre>
     */
    public void branchChatSession(io.tradewind.v1.BranchChatSessionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.BranchChatSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBranchChatSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes the messages a filter matches, with their feedback, and the files of chats that have no message left.
     * Without a filter the whole chatflow must be asked for by name.
     * </pre>
     */
    public void deleteChatMessages(io.tradewind.v1.DeleteChatMessagesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChatMessagesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteChatMessagesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops the running answers of a chat. What was said so far is kept. The same whether an answer was running or not.
     * </pre>
     */
    public void abortChatMessage(io.tradewind.v1.AbortChatMessageRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.AbortChatMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAbortChatMessageMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getListChatMessagesMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListChatMessagesRequest,
                io.tradewind.v1.ListChatMessagesResponse>(
                  this, METHODID_LIST_CHAT_MESSAGES)))
          .addMethod(
            getListChatSessionsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListChatSessionsRequest,
                io.tradewind.v1.ListChatSessionsResponse>(
                  this, METHODID_LIST_CHAT_SESSIONS)))
          .addMethod(
            getUpdateChatMessageMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateChatMessageRequest,
                io.tradewind.v1.UpdateChatMessageResponse>(
                  this, METHODID_UPDATE_CHAT_MESSAGE)))
          .addMethod(
            getBranchChatSessionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.BranchChatSessionRequest,
                io.tradewind.v1.BranchChatSessionResponse>(
                  this, METHODID_BRANCH_CHAT_SESSION)))
          .addMethod(
            getDeleteChatMessagesMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteChatMessagesRequest,
                io.tradewind.v1.DeleteChatMessagesResponse>(
                  this, METHODID_DELETE_CHAT_MESSAGES)))
          .addMethod(
            getAbortChatMessageMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.AbortChatMessageRequest,
                io.tradewind.v1.AbortChatMessageResponse>(
                  this, METHODID_ABORT_CHAT_MESSAGE)))
          .build();
    }
  }

  /**
   * <pre>
   * Lists, edits and deletes what was said, goes on from an earlier turn, and stops what is being said.
   * </pre>
   */
  public static final class ChatMessageServiceStub extends io.grpc.stub.AbstractAsyncStub<ChatMessageServiceStub> {
    private ChatMessageServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatMessageServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatMessageServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists messages of a chatflow, a page at a time.
     * </pre>
     */
    public void listChatMessages(io.tradewind.v1.ListChatMessagesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatMessagesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListChatMessagesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the sessions that have matching messages, ordered by their latest message, a page at a time and with a total.
     * </pre>
     */
    public void listChatSessions(io.tradewind.v1.ListChatSessionsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatSessionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListChatSessionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the text of a stored message, a question or an answer. Memory reads the new text from the next question on.
     * </pre>
     */
    public void updateChatMessage(io.tradewind.v1.UpdateChatMessageRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateChatMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateChatMessageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Copies a session up to one of its messages, that one included, to a new session, in which the conversation can go on
     * another way. The copies keep their texts and dates. Files, feedback, runs and usage are not copied.
     * </pre>
     */
    public void branchChatSession(io.tradewind.v1.BranchChatSessionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.BranchChatSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBranchChatSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes the messages a filter matches, with their feedback, and the files of chats that have no message left.
     * Without a filter the whole chatflow must be asked for by name.
     * </pre>
     */
    public void deleteChatMessages(io.tradewind.v1.DeleteChatMessagesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChatMessagesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteChatMessagesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops the running answers of a chat. What was said so far is kept. The same whether an answer was running or not.
     * </pre>
     */
    public void abortChatMessage(io.tradewind.v1.AbortChatMessageRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.AbortChatMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAbortChatMessageMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Lists, edits and deletes what was said, goes on from an earlier turn, and stops what is being said.
   * </pre>
   */
  public static final class ChatMessageServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<ChatMessageServiceBlockingStub> {
    private ChatMessageServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatMessageServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatMessageServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists messages of a chatflow, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListChatMessagesResponse listChatMessages(io.tradewind.v1.ListChatMessagesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListChatMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the sessions that have matching messages, ordered by their latest message, a page at a time and with a total.
     * </pre>
     */
    public io.tradewind.v1.ListChatSessionsResponse listChatSessions(io.tradewind.v1.ListChatSessionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListChatSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the text of a stored message, a question or an answer. Memory reads the new text from the next question on.
     * </pre>
     */
    public io.tradewind.v1.UpdateChatMessageResponse updateChatMessage(io.tradewind.v1.UpdateChatMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateChatMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Copies a session up to one of its messages, that one included, to a new session, in which the conversation can go on
     * another way. The copies keep their texts and dates. Files, feedback, runs and usage are not copied.
     * </pre>
     */
    public io.tradewind.v1.BranchChatSessionResponse branchChatSession(io.tradewind.v1.BranchChatSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBranchChatSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes the messages a filter matches, with their feedback, and the files of chats that have no message left.
     * Without a filter the whole chatflow must be asked for by name.
     * </pre>
     */
    public io.tradewind.v1.DeleteChatMessagesResponse deleteChatMessages(io.tradewind.v1.DeleteChatMessagesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteChatMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops the running answers of a chat. What was said so far is kept. The same whether an answer was running or not.
     * </pre>
     */
    public io.tradewind.v1.AbortChatMessageResponse abortChatMessage(io.tradewind.v1.AbortChatMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAbortChatMessageMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Lists, edits and deletes what was said, goes on from an earlier turn, and stops what is being said.
   * </pre>
   */
  public static final class ChatMessageServiceFutureStub extends io.grpc.stub.AbstractFutureStub<ChatMessageServiceFutureStub> {
    private ChatMessageServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatMessageServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatMessageServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists messages of a chatflow, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListChatMessagesResponse> listChatMessages(
        io.tradewind.v1.ListChatMessagesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListChatMessagesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the sessions that have matching messages, ordered by their latest message, a page at a time and with a total.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListChatSessionsResponse> listChatSessions(
        io.tradewind.v1.ListChatSessionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListChatSessionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the text of a stored message, a question or an answer. Memory reads the new text from the next question on.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateChatMessageResponse> updateChatMessage(
        io.tradewind.v1.UpdateChatMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateChatMessageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Copies a session up to one of its messages, that one included, to a new session, in which the conversation can go on
     * another way. The copies keep their texts and dates. Files, feedback, runs and usage are not copied.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.BranchChatSessionResponse> branchChatSession(
        io.tradewind.v1.BranchChatSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBranchChatSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes the messages a filter matches, with their feedback, and the files of chats that have no message left.
     * Without a filter the whole chatflow must be asked for by name.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteChatMessagesResponse> deleteChatMessages(
        io.tradewind.v1.DeleteChatMessagesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteChatMessagesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops the running answers of a chat. What was said so far is kept. The same whether an answer was running or not.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.AbortChatMessageResponse> abortChatMessage(
        io.tradewind.v1.AbortChatMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAbortChatMessageMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_CHAT_MESSAGES = 0;
  private static final int METHODID_LIST_CHAT_SESSIONS = 1;
  private static final int METHODID_UPDATE_CHAT_MESSAGE = 2;
  private static final int METHODID_BRANCH_CHAT_SESSION = 3;
  private static final int METHODID_DELETE_CHAT_MESSAGES = 4;
  private static final int METHODID_ABORT_CHAT_MESSAGE = 5;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final ChatMessageServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(ChatMessageServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_LIST_CHAT_MESSAGES:
          serviceImpl.listChatMessages((io.tradewind.v1.ListChatMessagesRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatMessagesResponse>) responseObserver);
          break;
        case METHODID_LIST_CHAT_SESSIONS:
          serviceImpl.listChatSessions((io.tradewind.v1.ListChatSessionsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatSessionsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_CHAT_MESSAGE:
          serviceImpl.updateChatMessage((io.tradewind.v1.UpdateChatMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateChatMessageResponse>) responseObserver);
          break;
        case METHODID_BRANCH_CHAT_SESSION:
          serviceImpl.branchChatSession((io.tradewind.v1.BranchChatSessionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.BranchChatSessionResponse>) responseObserver);
          break;
        case METHODID_DELETE_CHAT_MESSAGES:
          serviceImpl.deleteChatMessages((io.tradewind.v1.DeleteChatMessagesRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChatMessagesResponse>) responseObserver);
          break;
        case METHODID_ABORT_CHAT_MESSAGE:
          serviceImpl.abortChatMessage((io.tradewind.v1.AbortChatMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.AbortChatMessageResponse>) responseObserver);
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

  private static abstract class ChatMessageServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ChatMessageServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.ChatMessageOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ChatMessageService");
    }
  }

  private static final class ChatMessageServiceFileDescriptorSupplier
      extends ChatMessageServiceBaseDescriptorSupplier {
    ChatMessageServiceFileDescriptorSupplier() {}
  }

  private static final class ChatMessageServiceMethodDescriptorSupplier
      extends ChatMessageServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    ChatMessageServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (ChatMessageServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ChatMessageServiceFileDescriptorSupplier())
              .addMethod(getListChatMessagesMethod())
              .addMethod(getListChatSessionsMethod())
              .addMethod(getUpdateChatMessageMethod())
              .addMethod(getBranchChatSessionMethod())
              .addMethod(getDeleteChatMessagesMethod())
              .addMethod(getAbortChatMessageMethod())
              .build();
        }
      }
    }
    return result;
  }
}
