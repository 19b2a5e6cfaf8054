package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps versions of chatflows. Each save that changes the drawing or its settings makes one; the newest 50 former ones are kept
 * (`TRADEWIND_MAX_CHATFLOW_VERSIONS`), and those with a label besides. Callers name one as `version` of a prediction.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/chatflow_version.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class ChatflowVersionServiceGrpc {

  private ChatflowVersionServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.ChatflowVersionService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowVersionsRequest,
      io.tradewind.v1.ListChatflowVersionsResponse> getListChatflowVersionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListChatflowVersions",
      requestType = io.tradewind.v1.ListChatflowVersionsRequest.class,
      responseType = io.tradewind.v1.ListChatflowVersionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowVersionsRequest,
      io.tradewind.v1.ListChatflowVersionsResponse> getListChatflowVersionsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowVersionsRequest, io.tradewind.v1.ListChatflowVersionsResponse> getListChatflowVersionsMethod;
    if ((getListChatflowVersionsMethod = ChatflowVersionServiceGrpc.getListChatflowVersionsMethod) == null) {
      synchronized (ChatflowVersionServiceGrpc.class) {
        if ((getListChatflowVersionsMethod = ChatflowVersionServiceGrpc.getListChatflowVersionsMethod) == null) {
          ChatflowVersionServiceGrpc.getListChatflowVersionsMethod = getListChatflowVersionsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListChatflowVersionsRequest, io.tradewind.v1.ListChatflowVersionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListChatflowVersions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatflowVersionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatflowVersionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowVersionServiceMethodDescriptorSupplier("ListChatflowVersions"))
              .build();
        }
      }
    }
    return getListChatflowVersionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetChatflowVersionRequest,
      io.tradewind.v1.GetChatflowVersionResponse> getGetChatflowVersionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetChatflowVersion",
      requestType = io.tradewind.v1.GetChatflowVersionRequest.class,
      responseType = io.tradewind.v1.GetChatflowVersionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetChatflowVersionRequest,
      io.tradewind.v1.GetChatflowVersionResponse> getGetChatflowVersionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetChatflowVersionRequest, io.tradewind.v1.GetChatflowVersionResponse> getGetChatflowVersionMethod;
    if ((getGetChatflowVersionMethod = ChatflowVersionServiceGrpc.getGetChatflowVersionMethod) == null) {
      synchronized (ChatflowVersionServiceGrpc.class) {
        if ((getGetChatflowVersionMethod = ChatflowVersionServiceGrpc.getGetChatflowVersionMethod) == null) {
          ChatflowVersionServiceGrpc.getGetChatflowVersionMethod = getGetChatflowVersionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetChatflowVersionRequest, io.tradewind.v1.GetChatflowVersionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetChatflowVersion"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetChatflowVersionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetChatflowVersionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowVersionServiceMethodDescriptorSupplier("GetChatflowVersion"))
              .build();
        }
      }
    }
    return getGetChatflowVersionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.LabelChatflowVersionRequest,
      io.tradewind.v1.LabelChatflowVersionResponse> getLabelChatflowVersionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "LabelChatflowVersion",
      requestType = io.tradewind.v1.LabelChatflowVersionRequest.class,
      responseType = io.tradewind.v1.LabelChatflowVersionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.LabelChatflowVersionRequest,
      io.tradewind.v1.LabelChatflowVersionResponse> getLabelChatflowVersionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.LabelChatflowVersionRequest, io.tradewind.v1.LabelChatflowVersionResponse> getLabelChatflowVersionMethod;
    if ((getLabelChatflowVersionMethod = ChatflowVersionServiceGrpc.getLabelChatflowVersionMethod) == null) {
      synchronized (ChatflowVersionServiceGrpc.class) {
        if ((getLabelChatflowVersionMethod = ChatflowVersionServiceGrpc.getLabelChatflowVersionMethod) == null) {
          ChatflowVersionServiceGrpc.getLabelChatflowVersionMethod = getLabelChatflowVersionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.LabelChatflowVersionRequest, io.tradewind.v1.LabelChatflowVersionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "LabelChatflowVersion"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.LabelChatflowVersionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.LabelChatflowVersionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowVersionServiceMethodDescriptorSupplier("LabelChatflowVersion"))
              .build();
        }
      }
    }
    return getLabelChatflowVersionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UnlabelChatflowVersionRequest,
      io.tradewind.v1.UnlabelChatflowVersionResponse> getUnlabelChatflowVersionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UnlabelChatflowVersion",
      requestType = io.tradewind.v1.UnlabelChatflowVersionRequest.class,
      responseType = io.tradewind.v1.UnlabelChatflowVersionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UnlabelChatflowVersionRequest,
      io.tradewind.v1.UnlabelChatflowVersionResponse> getUnlabelChatflowVersionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UnlabelChatflowVersionRequest, io.tradewind.v1.UnlabelChatflowVersionResponse> getUnlabelChatflowVersionMethod;
    if ((getUnlabelChatflowVersionMethod = ChatflowVersionServiceGrpc.getUnlabelChatflowVersionMethod) == null) {
      synchronized (ChatflowVersionServiceGrpc.class) {
        if ((getUnlabelChatflowVersionMethod = ChatflowVersionServiceGrpc.getUnlabelChatflowVersionMethod) == null) {
          ChatflowVersionServiceGrpc.getUnlabelChatflowVersionMethod = getUnlabelChatflowVersionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UnlabelChatflowVersionRequest, io.tradewind.v1.UnlabelChatflowVersionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UnlabelChatflowVersion"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UnlabelChatflowVersionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UnlabelChatflowVersionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowVersionServiceMethodDescriptorSupplier("UnlabelChatflowVersion"))
              .build();
        }
      }
    }
    return getUnlabelChatflowVersionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.RestoreChatflowVersionRequest,
      io.tradewind.v1.RestoreChatflowVersionResponse> getRestoreChatflowVersionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RestoreChatflowVersion",
      requestType = io.tradewind.v1.RestoreChatflowVersionRequest.class,
      responseType = io.tradewind.v1.RestoreChatflowVersionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.RestoreChatflowVersionRequest,
      io.tradewind.v1.RestoreChatflowVersionResponse> getRestoreChatflowVersionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.RestoreChatflowVersionRequest, io.tradewind.v1.RestoreChatflowVersionResponse> getRestoreChatflowVersionMethod;
    if ((getRestoreChatflowVersionMethod = ChatflowVersionServiceGrpc.getRestoreChatflowVersionMethod) == null) {
      synchronized (ChatflowVersionServiceGrpc.class) {
        if ((getRestoreChatflowVersionMethod = ChatflowVersionServiceGrpc.getRestoreChatflowVersionMethod) == null) {
          ChatflowVersionServiceGrpc.getRestoreChatflowVersionMethod = getRestoreChatflowVersionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.RestoreChatflowVersionRequest, io.tradewind.v1.RestoreChatflowVersionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RestoreChatflowVersion"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.RestoreChatflowVersionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.RestoreChatflowVersionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowVersionServiceMethodDescriptorSupplier("RestoreChatflowVersion"))
              .build();
        }
      }
    }
    return getRestoreChatflowVersionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChatflowVersionRequest,
      io.tradewind.v1.DeleteChatflowVersionResponse> getDeleteChatflowVersionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteChatflowVersion",
      requestType = io.tradewind.v1.DeleteChatflowVersionRequest.class,
      responseType = io.tradewind.v1.DeleteChatflowVersionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChatflowVersionRequest,
      io.tradewind.v1.DeleteChatflowVersionResponse> getDeleteChatflowVersionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChatflowVersionRequest, io.tradewind.v1.DeleteChatflowVersionResponse> getDeleteChatflowVersionMethod;
    if ((getDeleteChatflowVersionMethod = ChatflowVersionServiceGrpc.getDeleteChatflowVersionMethod) == null) {
      synchronized (ChatflowVersionServiceGrpc.class) {
        if ((getDeleteChatflowVersionMethod = ChatflowVersionServiceGrpc.getDeleteChatflowVersionMethod) == null) {
          ChatflowVersionServiceGrpc.getDeleteChatflowVersionMethod = getDeleteChatflowVersionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteChatflowVersionRequest, io.tradewind.v1.DeleteChatflowVersionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteChatflowVersion"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteChatflowVersionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteChatflowVersionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowVersionServiceMethodDescriptorSupplier("DeleteChatflowVersion"))
              .build();
        }
      }
    }
    return getDeleteChatflowVersionMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ChatflowVersionServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatflowVersionServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatflowVersionServiceStub>() {
        @java.lang.Override
        public ChatflowVersionServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatflowVersionServiceStub(channel, callOptions);
        }
      };
    return ChatflowVersionServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ChatflowVersionServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatflowVersionServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatflowVersionServiceBlockingStub>() {
        @java.lang.Override
        public ChatflowVersionServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatflowVersionServiceBlockingStub(channel, callOptions);
        }
      };
    return ChatflowVersionServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ChatflowVersionServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatflowVersionServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatflowVersionServiceFutureStub>() {
        @java.lang.Override
        public ChatflowVersionServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatflowVersionServiceFutureStub(channel, callOptions);
        }
      };
    return ChatflowVersionServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps versions of chatflows. Each save that changes the drawing or its settings makes one; the newest 50 former ones are kept
   * (`TRADEWIND_MAX_CHATFLOW_VERSIONS`), and those with a label besides. Callers name one as `version` of a prediction.
   * </pre>
   */
  public static abstract class ChatflowVersionServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Lists the versions of a chatflow, the newest first, a page at a time.
     * </pre>
     */
    public void listChatflowVersions(io.tradewind.v1.ListChatflowVersionsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowVersionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListChatflowVersionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one version with its drawing and settings.
     * </pre>
     */
    public void getChatflowVersion(io.tradewind.v1.GetChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetChatflowVersionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Puts a label on a version, and takes it from another that has it. The label `live` makes the version answer calls that
     * name none.
     * </pre>
     */
    public void labelChatflowVersion(io.tradewind.v1.LabelChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.LabelChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLabelChatflowVersionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes a label from a version.
     * </pre>
     */
    public void unlabelChatflowVersion(io.tradewind.v1.UnlabelChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UnlabelChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUnlabelChatflowVersionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Saves the drawing and settings of a version again, as the newest version. Name, key and flags of the chatflow stay.
     * </pre>
     */
    public void restoreChatflowVersion(io.tradewind.v1.RestoreChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.RestoreChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRestoreChatflowVersionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a version, so that nobody can ask it any more. The newest, and one with a label, are kept: `CONFLICT`.
     * </pre>
     */
    public void deleteChatflowVersion(io.tradewind.v1.DeleteChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteChatflowVersionMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getListChatflowVersionsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListChatflowVersionsRequest,
                io.tradewind.v1.ListChatflowVersionsResponse>(
                  this, METHODID_LIST_CHATFLOW_VERSIONS)))
          .addMethod(
            getGetChatflowVersionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetChatflowVersionRequest,
                io.tradewind.v1.GetChatflowVersionResponse>(
                  this, METHODID_GET_CHATFLOW_VERSION)))
          .addMethod(
            getLabelChatflowVersionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.LabelChatflowVersionRequest,
                io.tradewind.v1.LabelChatflowVersionResponse>(
                  this, METHODID_LABEL_CHATFLOW_VERSION)))
          .addMethod(
            getUnlabelChatflowVersionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UnlabelChatflowVersionRequest,
                io.tradewind.v1.UnlabelChatflowVersionResponse>(
                  this, METHODID_UNLABEL_CHATFLOW_VERSION)))
          .addMethod(
            getRestoreChatflowVersionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.RestoreChatflowVersionRequest,
                io.tradewind.v1.RestoreChatflowVersionResponse>(
                  this, METHODID_RESTORE_CHATFLOW_VERSION)))
          .addMethod(
            getDeleteChatflowVersionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteChatflowVersionRequest,
                io.tradewind.v1.DeleteChatflowVersionResponse>(
                  this, METHODID_DELETE_CHATFLOW_VERSION)))
          .build();
    }
  }

  /**
   * <pre>
   * Keeps versions of chatflows. Each save that changes the drawing or its settings makes one; the newest 50 former ones are kept
   * (`TRADEWIND_MAX_CHATFLOW_VERSIONS`), and those with a label besides. Callers name one as `version` of a prediction.
   * </pre>
   */
  public static final class ChatflowVersionServiceStub extends io.grpc.stub.AbstractAsyncStub<ChatflowVersionServiceStub> {
    private ChatflowVersionServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatflowVersionServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatflowVersionServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the versions of a chatflow, the newest first, a page at a time.
     * </pre>
     */
    public void listChatflowVersions(io.tradewind.v1.ListChatflowVersionsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowVersionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListChatflowVersionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one version with its drawing and settings.
     * </pre>
     */
    public void getChatflowVersion(io.tradewind.v1.GetChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetChatflowVersionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Puts a label on a version, and takes it from another that has it. The label `live` makes the version answer calls that
     * name none.
     * </pre>
     */
    public void labelChatflowVersion(io.tradewind.v1.LabelChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.LabelChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLabelChatflowVersionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes a label from a version.
     * </pre>
     */
    public void unlabelChatflowVersion(io.tradewind.v1.UnlabelChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UnlabelChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUnlabelChatflowVersionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Saves the drawing and settings of a version again, as the newest version. Name, key and flags of the chatflow stay.
     * </pre>
     */
    public void restoreChatflowVersion(io.tradewind.v1.RestoreChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.RestoreChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRestoreChatflowVersionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a version, so that nobody can ask it any more. The newest, and one with a label, are kept: `CONFLICT`.
     * </pre>
     */
    public void deleteChatflowVersion(io.tradewind.v1.DeleteChatflowVersionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChatflowVersionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteChatflowVersionMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Keeps versions of chatflows. Each save that changes the drawing or its settings makes one; the newest 50 former ones are kept
   * (`TRADEWIND_MAX_CHATFLOW_VERSIONS`), and those with a label besides. Callers name one as `version` of a prediction.
   * </pre>
   */
  public static final class ChatflowVersionServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<ChatflowVersionServiceBlockingStub> {
    private ChatflowVersionServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatflowVersionServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatflowVersionServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the versions of a chatflow, the newest first, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListChatflowVersionsResponse listChatflowVersions(io.tradewind.v1.ListChatflowVersionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListChatflowVersionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one version with its drawing and settings.
     * </pre>
     */
    public io.tradewind.v1.GetChatflowVersionResponse getChatflowVersion(io.tradewind.v1.GetChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetChatflowVersionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Puts a label on a version, and takes it from another that has it. The label `live` makes the version answer calls that
     * name none.
     * </pre>
     */
    public io.tradewind.v1.LabelChatflowVersionResponse labelChatflowVersion(io.tradewind.v1.LabelChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLabelChatflowVersionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes a label from a version.
     * </pre>
     */
    public io.tradewind.v1.UnlabelChatflowVersionResponse unlabelChatflowVersion(io.tradewind.v1.UnlabelChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUnlabelChatflowVersionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Saves the drawing and settings of a version again, as the newest version. Name, key and flags of the chatflow stay.
     * </pre>
     */
    public io.tradewind.v1.RestoreChatflowVersionResponse restoreChatflowVersion(io.tradewind.v1.RestoreChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRestoreChatflowVersionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a version, so that nobody can ask it any more. The newest, and one with a label, are kept: `CONFLICT`.
     * </pre>
     */
    public io.tradewind.v1.DeleteChatflowVersionResponse deleteChatflowVersion(io.tradewind.v1.DeleteChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteChatflowVersionMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Keeps versions of chatflows. Each save that changes the drawing or its settings makes one; the newest 50 former ones are kept
   * (`TRADEWIND_MAX_CHATFLOW_VERSIONS`), and those with a label besides. Callers name one as `version` of a prediction.
   * </pre>
   */
  public static final class ChatflowVersionServiceFutureStub extends io.grpc.stub.AbstractFutureStub<ChatflowVersionServiceFutureStub> {
    private ChatflowVersionServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatflowVersionServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatflowVersionServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the versions of a chatflow, the newest first, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListChatflowVersionsResponse> listChatflowVersions(
        io.tradewind.v1.ListChatflowVersionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListChatflowVersionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one version with its drawing and settings.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetChatflowVersionResponse> getChatflowVersion(
        io.tradewind.v1.GetChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetChatflowVersionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Puts a label on a version, and takes it from another that has it. The label `live` makes the version answer calls that
     * name none.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.LabelChatflowVersionResponse> labelChatflowVersion(
        io.tradewind.v1.LabelChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLabelChatflowVersionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes a label from a version.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UnlabelChatflowVersionResponse> unlabelChatflowVersion(
        io.tradewind.v1.UnlabelChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUnlabelChatflowVersionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Saves the drawing and settings of a version again, as the newest version. Name, key and flags of the chatflow stay.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.RestoreChatflowVersionResponse> restoreChatflowVersion(
        io.tradewind.v1.RestoreChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRestoreChatflowVersionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a version, so that nobody can ask it any more. The newest, and one with a label, are kept: `CONFLICT`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteChatflowVersionResponse> deleteChatflowVersion(
        io.tradewind.v1.DeleteChatflowVersionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteChatflowVersionMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_CHATFLOW_VERSIONS = 0;
  private static final int METHODID_GET_CHATFLOW_VERSION = 1;
  private static final int METHODID_LABEL_CHATFLOW_VERSION = 2;
  private static final int METHODID_UNLABEL_CHATFLOW_VERSION = 3;
  private static final int METHODID_RESTORE_CHATFLOW_VERSION = 4;
  private static final int METHODID_DELETE_CHATFLOW_VERSION = 5;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final ChatflowVersionServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(ChatflowVersionServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_LIST_CHATFLOW_VERSIONS:
          serviceImpl.listChatflowVersions((io.tradewind.v1.ListChatflowVersionsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowVersionsResponse>) responseObserver);
          break;
        case METHODID_GET_CHATFLOW_VERSION:
          serviceImpl.getChatflowVersion((io.tradewind.v1.GetChatflowVersionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetChatflowVersionResponse>) responseObserver);
          break;
        case METHODID_LABEL_CHATFLOW_VERSION:
          serviceImpl.labelChatflowVersion((io.tradewind.v1.LabelChatflowVersionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.LabelChatflowVersionResponse>) responseObserver);
          break;
        case METHODID_UNLABEL_CHATFLOW_VERSION:
          serviceImpl.unlabelChatflowVersion((io.tradewind.v1.UnlabelChatflowVersionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UnlabelChatflowVersionResponse>) responseObserver);
          break;
        case METHODID_RESTORE_CHATFLOW_VERSION:
          serviceImpl.restoreChatflowVersion((io.tradewind.v1.RestoreChatflowVersionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.RestoreChatflowVersionResponse>) responseObserver);
          break;
        case METHODID_DELETE_CHATFLOW_VERSION:
          serviceImpl.deleteChatflowVersion((io.tradewind.v1.DeleteChatflowVersionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChatflowVersionResponse>) responseObserver);
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

  private static abstract class ChatflowVersionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ChatflowVersionServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.ChatflowVersion.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ChatflowVersionService");
    }
  }

  private static final class ChatflowVersionServiceFileDescriptorSupplier
      extends ChatflowVersionServiceBaseDescriptorSupplier {
    ChatflowVersionServiceFileDescriptorSupplier() {}
  }

  private static final class ChatflowVersionServiceMethodDescriptorSupplier
      extends ChatflowVersionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    ChatflowVersionServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (ChatflowVersionServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ChatflowVersionServiceFileDescriptorSupplier())
              .addMethod(getListChatflowVersionsMethod())
              .addMethod(getGetChatflowVersionMethod())
              .addMethod(getLabelChatflowVersionMethod())
              .addMethod(getUnlabelChatflowVersionMethod())
              .addMethod(getRestoreChatflowVersionMethod())
              .addMethod(getDeleteChatflowVersionMethod())
              .build();
        }
      }
    }
    return result;
  }
}
