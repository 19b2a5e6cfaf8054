package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps API keys. Only a digest of a key is stored. Nobody gives away more than it has: a key that is made, changed or rotated has
 * no permission that the caller lacks, is for no chatflow that the caller is not for, and is not valid for longer. Keys with more
 * permissions than the caller's look like missing ones.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/api_key.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class ApiKeyServiceGrpc {

  private ApiKeyServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.ApiKeyService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CreateApiKeyRequest,
      io.tradewind.v1.CreateApiKeyResponse> getCreateApiKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateApiKey",
      requestType = io.tradewind.v1.CreateApiKeyRequest.class,
      responseType = io.tradewind.v1.CreateApiKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CreateApiKeyRequest,
      io.tradewind.v1.CreateApiKeyResponse> getCreateApiKeyMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CreateApiKeyRequest, io.tradewind.v1.CreateApiKeyResponse> getCreateApiKeyMethod;
    if ((getCreateApiKeyMethod = ApiKeyServiceGrpc.getCreateApiKeyMethod) == null) {
      synchronized (ApiKeyServiceGrpc.class) {
        if ((getCreateApiKeyMethod = ApiKeyServiceGrpc.getCreateApiKeyMethod) == null) {
          ApiKeyServiceGrpc.getCreateApiKeyMethod = getCreateApiKeyMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CreateApiKeyRequest, io.tradewind.v1.CreateApiKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateApiKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateApiKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateApiKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ApiKeyServiceMethodDescriptorSupplier("CreateApiKey"))
              .build();
        }
      }
    }
    return getCreateApiKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListApiKeysRequest,
      io.tradewind.v1.ListApiKeysResponse> getListApiKeysMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListApiKeys",
      requestType = io.tradewind.v1.ListApiKeysRequest.class,
      responseType = io.tradewind.v1.ListApiKeysResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListApiKeysRequest,
      io.tradewind.v1.ListApiKeysResponse> getListApiKeysMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListApiKeysRequest, io.tradewind.v1.ListApiKeysResponse> getListApiKeysMethod;
    if ((getListApiKeysMethod = ApiKeyServiceGrpc.getListApiKeysMethod) == null) {
      synchronized (ApiKeyServiceGrpc.class) {
        if ((getListApiKeysMethod = ApiKeyServiceGrpc.getListApiKeysMethod) == null) {
          ApiKeyServiceGrpc.getListApiKeysMethod = getListApiKeysMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListApiKeysRequest, io.tradewind.v1.ListApiKeysResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListApiKeys"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListApiKeysRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListApiKeysResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ApiKeyServiceMethodDescriptorSupplier("ListApiKeys"))
              .build();
        }
      }
    }
    return getListApiKeysMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetApiKeyRequest,
      io.tradewind.v1.GetApiKeyResponse> getGetApiKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetApiKey",
      requestType = io.tradewind.v1.GetApiKeyRequest.class,
      responseType = io.tradewind.v1.GetApiKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetApiKeyRequest,
      io.tradewind.v1.GetApiKeyResponse> getGetApiKeyMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetApiKeyRequest, io.tradewind.v1.GetApiKeyResponse> getGetApiKeyMethod;
    if ((getGetApiKeyMethod = ApiKeyServiceGrpc.getGetApiKeyMethod) == null) {
      synchronized (ApiKeyServiceGrpc.class) {
        if ((getGetApiKeyMethod = ApiKeyServiceGrpc.getGetApiKeyMethod) == null) {
          ApiKeyServiceGrpc.getGetApiKeyMethod = getGetApiKeyMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetApiKeyRequest, io.tradewind.v1.GetApiKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetApiKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetApiKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetApiKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ApiKeyServiceMethodDescriptorSupplier("GetApiKey"))
              .build();
        }
      }
    }
    return getGetApiKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateApiKeyRequest,
      io.tradewind.v1.UpdateApiKeyResponse> getUpdateApiKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateApiKey",
      requestType = io.tradewind.v1.UpdateApiKeyRequest.class,
      responseType = io.tradewind.v1.UpdateApiKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateApiKeyRequest,
      io.tradewind.v1.UpdateApiKeyResponse> getUpdateApiKeyMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateApiKeyRequest, io.tradewind.v1.UpdateApiKeyResponse> getUpdateApiKeyMethod;
    if ((getUpdateApiKeyMethod = ApiKeyServiceGrpc.getUpdateApiKeyMethod) == null) {
      synchronized (ApiKeyServiceGrpc.class) {
        if ((getUpdateApiKeyMethod = ApiKeyServiceGrpc.getUpdateApiKeyMethod) == null) {
          ApiKeyServiceGrpc.getUpdateApiKeyMethod = getUpdateApiKeyMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateApiKeyRequest, io.tradewind.v1.UpdateApiKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateApiKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateApiKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateApiKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ApiKeyServiceMethodDescriptorSupplier("UpdateApiKey"))
              .build();
        }
      }
    }
    return getUpdateApiKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.RotateApiKeyRequest,
      io.tradewind.v1.RotateApiKeyResponse> getRotateApiKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RotateApiKey",
      requestType = io.tradewind.v1.RotateApiKeyRequest.class,
      responseType = io.tradewind.v1.RotateApiKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.RotateApiKeyRequest,
      io.tradewind.v1.RotateApiKeyResponse> getRotateApiKeyMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.RotateApiKeyRequest, io.tradewind.v1.RotateApiKeyResponse> getRotateApiKeyMethod;
    if ((getRotateApiKeyMethod = ApiKeyServiceGrpc.getRotateApiKeyMethod) == null) {
      synchronized (ApiKeyServiceGrpc.class) {
        if ((getRotateApiKeyMethod = ApiKeyServiceGrpc.getRotateApiKeyMethod) == null) {
          ApiKeyServiceGrpc.getRotateApiKeyMethod = getRotateApiKeyMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.RotateApiKeyRequest, io.tradewind.v1.RotateApiKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RotateApiKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.RotateApiKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.RotateApiKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ApiKeyServiceMethodDescriptorSupplier("RotateApiKey"))
              .build();
        }
      }
    }
    return getRotateApiKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteApiKeyRequest,
      io.tradewind.v1.DeleteApiKeyResponse> getDeleteApiKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteApiKey",
      requestType = io.tradewind.v1.DeleteApiKeyRequest.class,
      responseType = io.tradewind.v1.DeleteApiKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteApiKeyRequest,
      io.tradewind.v1.DeleteApiKeyResponse> getDeleteApiKeyMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteApiKeyRequest, io.tradewind.v1.DeleteApiKeyResponse> getDeleteApiKeyMethod;
    if ((getDeleteApiKeyMethod = ApiKeyServiceGrpc.getDeleteApiKeyMethod) == null) {
      synchronized (ApiKeyServiceGrpc.class) {
        if ((getDeleteApiKeyMethod = ApiKeyServiceGrpc.getDeleteApiKeyMethod) == null) {
          ApiKeyServiceGrpc.getDeleteApiKeyMethod = getDeleteApiKeyMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteApiKeyRequest, io.tradewind.v1.DeleteApiKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteApiKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteApiKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteApiKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ApiKeyServiceMethodDescriptorSupplier("DeleteApiKey"))
              .build();
        }
      }
    }
    return getDeleteApiKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.VerifyApiKeyRequest,
      io.tradewind.v1.VerifyApiKeyResponse> getVerifyApiKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VerifyApiKey",
      requestType = io.tradewind.v1.VerifyApiKeyRequest.class,
      responseType = io.tradewind.v1.VerifyApiKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.VerifyApiKeyRequest,
      io.tradewind.v1.VerifyApiKeyResponse> getVerifyApiKeyMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.VerifyApiKeyRequest, io.tradewind.v1.VerifyApiKeyResponse> getVerifyApiKeyMethod;
    if ((getVerifyApiKeyMethod = ApiKeyServiceGrpc.getVerifyApiKeyMethod) == null) {
      synchronized (ApiKeyServiceGrpc.class) {
        if ((getVerifyApiKeyMethod = ApiKeyServiceGrpc.getVerifyApiKeyMethod) == null) {
          ApiKeyServiceGrpc.getVerifyApiKeyMethod = getVerifyApiKeyMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.VerifyApiKeyRequest, io.tradewind.v1.VerifyApiKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VerifyApiKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.VerifyApiKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.VerifyApiKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ApiKeyServiceMethodDescriptorSupplier("VerifyApiKey"))
              .build();
        }
      }
    }
    return getVerifyApiKeyMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ApiKeyServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ApiKeyServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ApiKeyServiceStub>() {
        @java.lang.Override
        public ApiKeyServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ApiKeyServiceStub(channel, callOptions);
        }
      };
    return ApiKeyServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ApiKeyServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ApiKeyServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ApiKeyServiceBlockingStub>() {
        @java.lang.Override
        public ApiKeyServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ApiKeyServiceBlockingStub(channel, callOptions);
        }
      };
    return ApiKeyServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ApiKeyServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ApiKeyServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ApiKeyServiceFutureStub>() {
        @java.lang.Override
        public ApiKeyServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ApiKeyServiceFutureStub(channel, callOptions);
        }
      };
    return ApiKeyServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps API keys. Only a digest of a key is stored. Nobody gives away more than it has: a key that is made, changed or rotated has
   * no permission that the caller lacks, is for no chatflow that the caller is not for, and is not valid for longer. Keys with more
   * permissions than the caller's look like missing ones.
   * </pre>
   */
  public static abstract class ApiKeyServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Makes a key and shows it, this once.
     * </pre>
     */
    public void createApiKey(io.tradewind.v1.CreateApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateApiKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateApiKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the keys whose permissions the caller has too, oldest first, a page at a time.
     * </pre>
     */
    public void listApiKeys(io.tradewind.v1.ListApiKeysRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListApiKeysResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListApiKeysMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one key.
     * </pre>
     */
    public void getApiKey(io.tradewind.v1.GetApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetApiKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetApiKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone. Servers know it within half a second.
     * </pre>
     */
    public void updateApiKey(io.tradewind.v1.UpdateApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateApiKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateApiKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Replaces the secret of a key and shows the new one, this once. The present one stays valid for a while beside it; one that an
     * earlier rotation replaced does not. A key that chatflows ask for needs `chatflows:update` too, unless it rotates itself.
     * </pre>
     */
    public void rotateApiKey(io.tradewind.v1.RotateApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.RotateApiKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRotateApiKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a key. One that is not there is no error. Chatflows that ask for it stay closed until they get another.
     * </pre>
     */
    public void deleteApiKey(io.tradewind.v1.DeleteApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteApiKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteApiKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says what a key is good for. The key in the request is the only credential; a wrong or expired one is `UNAUTHENTICATED`, and a
     * wrong one counts as a failed attempt of its address.
     * </pre>
     */
    public void verifyApiKey(io.tradewind.v1.VerifyApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.VerifyApiKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVerifyApiKeyMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getCreateApiKeyMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CreateApiKeyRequest,
                io.tradewind.v1.CreateApiKeyResponse>(
                  this, METHODID_CREATE_API_KEY)))
          .addMethod(
            getListApiKeysMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListApiKeysRequest,
                io.tradewind.v1.ListApiKeysResponse>(
                  this, METHODID_LIST_API_KEYS)))
          .addMethod(
            getGetApiKeyMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetApiKeyRequest,
                io.tradewind.v1.GetApiKeyResponse>(
                  this, METHODID_GET_API_KEY)))
          .addMethod(
            getUpdateApiKeyMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateApiKeyRequest,
                io.tradewind.v1.UpdateApiKeyResponse>(
                  this, METHODID_UPDATE_API_KEY)))
          .addMethod(
            getRotateApiKeyMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.RotateApiKeyRequest,
                io.tradewind.v1.RotateApiKeyResponse>(
                  this, METHODID_ROTATE_API_KEY)))
          .addMethod(
            getDeleteApiKeyMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteApiKeyRequest,
                io.tradewind.v1.DeleteApiKeyResponse>(
                  this, METHODID_DELETE_API_KEY)))
          .addMethod(
            getVerifyApiKeyMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.VerifyApiKeyRequest,
                io.tradewind.v1.VerifyApiKeyResponse>(
                  this, METHODID_VERIFY_API_KEY)))
          .build();
    }
  }

  /**
   * <pre>
   * Keeps API keys. Only a digest of a key is stored. Nobody gives away more than it has: a key that is made, changed or rotated has
   * no permission that the caller lacks, is for no chatflow that the caller is not for, and is not valid for longer. Keys with more
   * permissions than the caller's look like missing ones.
   * </pre>
   */
  public static final class ApiKeyServiceStub extends io.grpc.stub.AbstractAsyncStub<ApiKeyServiceStub> {
    private ApiKeyServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ApiKeyServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ApiKeyServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes a key and shows it, this once.
     * </pre>
     */
    public void createApiKey(io.tradewind.v1.CreateApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateApiKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateApiKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the keys whose permissions the caller has too, oldest first, a page at a time.
     * </pre>
     */
    public void listApiKeys(io.tradewind.v1.ListApiKeysRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListApiKeysResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListApiKeysMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one key.
     * </pre>
     */
    public void getApiKey(io.tradewind.v1.GetApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetApiKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetApiKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone. Servers know it within half a second.
     * </pre>
     */
    public void updateApiKey(io.tradewind.v1.UpdateApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateApiKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateApiKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Replaces the secret of a key and shows the new one, this once. The present one stays valid for a while beside it; one that an
     * earlier rotation replaced does not. A key that chatflows ask for needs `chatflows:update` too, unless it rotates itself.
     * </pre>
     */
    public void rotateApiKey(io.tradewind.v1.RotateApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.RotateApiKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRotateApiKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a key. One that is not there is no error. Chatflows that ask for it stay closed until they get another.
     * </pre>
     */
    public void deleteApiKey(io.tradewind.v1.DeleteApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteApiKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteApiKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says what a key is good for. The key in the request is the only credential; a wrong or expired one is `UNAUTHENTICATED`, and a
     * wrong one counts as a failed attempt of its address.
     * </pre>
     */
    public void verifyApiKey(io.tradewind.v1.VerifyApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.VerifyApiKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getVerifyApiKeyMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Keeps API keys. Only a digest of a key is stored. Nobody gives away more than it has: a key that is made, changed or rotated has
   * no permission that the caller lacks, is for no chatflow that the caller is not for, and is not valid for longer. Keys with more
   * permissions than the caller's look like missing ones.
   * </pre>
   */
  public static final class ApiKeyServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<ApiKeyServiceBlockingStub> {
    private ApiKeyServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ApiKeyServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ApiKeyServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes a key and shows it, this once.
     * </pre>
     */
    public io.tradewind.v1.CreateApiKeyResponse createApiKey(io.tradewind.v1.CreateApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateApiKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the keys whose permissions the caller has too, oldest first, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListApiKeysResponse listApiKeys(io.tradewind.v1.ListApiKeysRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListApiKeysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one key.
     * </pre>
     */
    public io.tradewind.v1.GetApiKeyResponse getApiKey(io.tradewind.v1.GetApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetApiKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone. Servers know it within half a second.
     * </pre>
     */
    public io.tradewind.v1.UpdateApiKeyResponse updateApiKey(io.tradewind.v1.UpdateApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateApiKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Replaces the secret of a key and shows the new one, this once. The present one stays valid for a while beside it; one that an
     * earlier rotation replaced does not. A key that chatflows ask for needs `chatflows:update` too, unless it rotates itself.
     * </pre>
     */
    public io.tradewind.v1.RotateApiKeyResponse rotateApiKey(io.tradewind.v1.RotateApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRotateApiKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a key. One that is not there is no error. Chatflows that ask for it stay closed until they get another.
     * </pre>
     */
    public io.tradewind.v1.DeleteApiKeyResponse deleteApiKey(io.tradewind.v1.DeleteApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteApiKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says what a key is good for. The key in the request is the only credential; a wrong or expired one is `UNAUTHENTICATED`, and a
     * wrong one counts as a failed attempt of its address.
     * </pre>
     */
    public io.tradewind.v1.VerifyApiKeyResponse verifyApiKey(io.tradewind.v1.VerifyApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVerifyApiKeyMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Keeps API keys. Only a digest of a key is stored. Nobody gives away more than it has: a key that is made, changed or rotated has
   * no permission that the caller lacks, is for no chatflow that the caller is not for, and is not valid for longer. Keys with more
   * permissions than the caller's look like missing ones.
   * </pre>
   */
  public static final class ApiKeyServiceFutureStub extends io.grpc.stub.AbstractFutureStub<ApiKeyServiceFutureStub> {
    private ApiKeyServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ApiKeyServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ApiKeyServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes a key and shows it, this once.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CreateApiKeyResponse> createApiKey(
        io.tradewind.v1.CreateApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateApiKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the keys whose permissions the caller has too, oldest first, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListApiKeysResponse> listApiKeys(
        io.tradewind.v1.ListApiKeysRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListApiKeysMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetApiKeyResponse> getApiKey(
        io.tradewind.v1.GetApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetApiKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone. Servers know it within half a second.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateApiKeyResponse> updateApiKey(
        io.tradewind.v1.UpdateApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateApiKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Replaces the secret of a key and shows the new one, this once. The present one stays valid for a while beside it; one that an
     * earlier rotation replaced does not. A key that chatflows ask for needs `chatflows:update` too, unless it rotates itself.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.RotateApiKeyResponse> rotateApiKey(
        io.tradewind.v1.RotateApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRotateApiKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a key. One that is not there is no error. Chatflows that ask for it stay closed until they get another.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteApiKeyResponse> deleteApiKey(
        io.tradewind.v1.DeleteApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteApiKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says what a key is good for. The key in the request is the only credential; a wrong or expired one is `UNAUTHENTICATED`, and a
     * wrong one counts as a failed attempt of its address.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.VerifyApiKeyResponse> verifyApiKey(
        io.tradewind.v1.VerifyApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getVerifyApiKeyMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_API_KEY = 0;
  private static final int METHODID_LIST_API_KEYS = 1;
  private static final int METHODID_GET_API_KEY = 2;
  private static final int METHODID_UPDATE_API_KEY = 3;
  private static final int METHODID_ROTATE_API_KEY = 4;
  private static final int METHODID_DELETE_API_KEY = 5;
  private static final int METHODID_VERIFY_API_KEY = 6;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final ApiKeyServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(ApiKeyServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_API_KEY:
          serviceImpl.createApiKey((io.tradewind.v1.CreateApiKeyRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CreateApiKeyResponse>) responseObserver);
          break;
        case METHODID_LIST_API_KEYS:
          serviceImpl.listApiKeys((io.tradewind.v1.ListApiKeysRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListApiKeysResponse>) responseObserver);
          break;
        case METHODID_GET_API_KEY:
          serviceImpl.getApiKey((io.tradewind.v1.GetApiKeyRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetApiKeyResponse>) responseObserver);
          break;
        case METHODID_UPDATE_API_KEY:
          serviceImpl.updateApiKey((io.tradewind.v1.UpdateApiKeyRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateApiKeyResponse>) responseObserver);
          break;
        case METHODID_ROTATE_API_KEY:
          serviceImpl.rotateApiKey((io.tradewind.v1.RotateApiKeyRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.RotateApiKeyResponse>) responseObserver);
          break;
        case METHODID_DELETE_API_KEY:
          serviceImpl.deleteApiKey((io.tradewind.v1.DeleteApiKeyRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteApiKeyResponse>) responseObserver);
          break;
        case METHODID_VERIFY_API_KEY:
          serviceImpl.verifyApiKey((io.tradewind.v1.VerifyApiKeyRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.VerifyApiKeyResponse>) responseObserver);
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

  private static abstract class ApiKeyServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ApiKeyServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.ApiKeyOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ApiKeyService");
    }
  }

  private static final class ApiKeyServiceFileDescriptorSupplier
      extends ApiKeyServiceBaseDescriptorSupplier {
    ApiKeyServiceFileDescriptorSupplier() {}
  }

  private static final class ApiKeyServiceMethodDescriptorSupplier
      extends ApiKeyServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    ApiKeyServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (ApiKeyServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ApiKeyServiceFileDescriptorSupplier())
              .addMethod(getCreateApiKeyMethod())
              .addMethod(getListApiKeysMethod())
              .addMethod(getGetApiKeyMethod())
              .addMethod(getUpdateApiKeyMethod())
              .addMethod(getRotateApiKeyMethod())
              .addMethod(getDeleteApiKeyMethod())
              .addMethod(getVerifyApiKeyMethod())
              .build();
        }
      }
    }
    return result;
  }
}
