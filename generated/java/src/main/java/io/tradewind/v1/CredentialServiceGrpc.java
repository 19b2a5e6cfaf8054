package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps credentials, encrypted. Their fields are written and never read again: no answer holds one.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/credential.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class CredentialServiceGrpc {

  private CredentialServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.CredentialService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CreateCredentialRequest,
      io.tradewind.v1.CreateCredentialResponse> getCreateCredentialMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateCredential",
      requestType = io.tradewind.v1.CreateCredentialRequest.class,
      responseType = io.tradewind.v1.CreateCredentialResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CreateCredentialRequest,
      io.tradewind.v1.CreateCredentialResponse> getCreateCredentialMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CreateCredentialRequest, io.tradewind.v1.CreateCredentialResponse> getCreateCredentialMethod;
    if ((getCreateCredentialMethod = CredentialServiceGrpc.getCreateCredentialMethod) == null) {
      synchronized (CredentialServiceGrpc.class) {
        if ((getCreateCredentialMethod = CredentialServiceGrpc.getCreateCredentialMethod) == null) {
          CredentialServiceGrpc.getCreateCredentialMethod = getCreateCredentialMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CreateCredentialRequest, io.tradewind.v1.CreateCredentialResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateCredential"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateCredentialRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateCredentialResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CredentialServiceMethodDescriptorSupplier("CreateCredential"))
              .build();
        }
      }
    }
    return getCreateCredentialMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListCredentialsRequest,
      io.tradewind.v1.ListCredentialsResponse> getListCredentialsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListCredentials",
      requestType = io.tradewind.v1.ListCredentialsRequest.class,
      responseType = io.tradewind.v1.ListCredentialsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListCredentialsRequest,
      io.tradewind.v1.ListCredentialsResponse> getListCredentialsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListCredentialsRequest, io.tradewind.v1.ListCredentialsResponse> getListCredentialsMethod;
    if ((getListCredentialsMethod = CredentialServiceGrpc.getListCredentialsMethod) == null) {
      synchronized (CredentialServiceGrpc.class) {
        if ((getListCredentialsMethod = CredentialServiceGrpc.getListCredentialsMethod) == null) {
          CredentialServiceGrpc.getListCredentialsMethod = getListCredentialsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListCredentialsRequest, io.tradewind.v1.ListCredentialsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListCredentials"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListCredentialsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListCredentialsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CredentialServiceMethodDescriptorSupplier("ListCredentials"))
              .build();
        }
      }
    }
    return getListCredentialsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetCredentialRequest,
      io.tradewind.v1.GetCredentialResponse> getGetCredentialMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetCredential",
      requestType = io.tradewind.v1.GetCredentialRequest.class,
      responseType = io.tradewind.v1.GetCredentialResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetCredentialRequest,
      io.tradewind.v1.GetCredentialResponse> getGetCredentialMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetCredentialRequest, io.tradewind.v1.GetCredentialResponse> getGetCredentialMethod;
    if ((getGetCredentialMethod = CredentialServiceGrpc.getGetCredentialMethod) == null) {
      synchronized (CredentialServiceGrpc.class) {
        if ((getGetCredentialMethod = CredentialServiceGrpc.getGetCredentialMethod) == null) {
          CredentialServiceGrpc.getGetCredentialMethod = getGetCredentialMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetCredentialRequest, io.tradewind.v1.GetCredentialResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetCredential"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetCredentialRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetCredentialResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CredentialServiceMethodDescriptorSupplier("GetCredential"))
              .build();
        }
      }
    }
    return getGetCredentialMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateCredentialRequest,
      io.tradewind.v1.UpdateCredentialResponse> getUpdateCredentialMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateCredential",
      requestType = io.tradewind.v1.UpdateCredentialRequest.class,
      responseType = io.tradewind.v1.UpdateCredentialResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateCredentialRequest,
      io.tradewind.v1.UpdateCredentialResponse> getUpdateCredentialMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateCredentialRequest, io.tradewind.v1.UpdateCredentialResponse> getUpdateCredentialMethod;
    if ((getUpdateCredentialMethod = CredentialServiceGrpc.getUpdateCredentialMethod) == null) {
      synchronized (CredentialServiceGrpc.class) {
        if ((getUpdateCredentialMethod = CredentialServiceGrpc.getUpdateCredentialMethod) == null) {
          CredentialServiceGrpc.getUpdateCredentialMethod = getUpdateCredentialMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateCredentialRequest, io.tradewind.v1.UpdateCredentialResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateCredential"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateCredentialRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateCredentialResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CredentialServiceMethodDescriptorSupplier("UpdateCredential"))
              .build();
        }
      }
    }
    return getUpdateCredentialMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteCredentialRequest,
      io.tradewind.v1.DeleteCredentialResponse> getDeleteCredentialMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteCredential",
      requestType = io.tradewind.v1.DeleteCredentialRequest.class,
      responseType = io.tradewind.v1.DeleteCredentialResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteCredentialRequest,
      io.tradewind.v1.DeleteCredentialResponse> getDeleteCredentialMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteCredentialRequest, io.tradewind.v1.DeleteCredentialResponse> getDeleteCredentialMethod;
    if ((getDeleteCredentialMethod = CredentialServiceGrpc.getDeleteCredentialMethod) == null) {
      synchronized (CredentialServiceGrpc.class) {
        if ((getDeleteCredentialMethod = CredentialServiceGrpc.getDeleteCredentialMethod) == null) {
          CredentialServiceGrpc.getDeleteCredentialMethod = getDeleteCredentialMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteCredentialRequest, io.tradewind.v1.DeleteCredentialResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteCredential"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteCredentialRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteCredentialResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CredentialServiceMethodDescriptorSupplier("DeleteCredential"))
              .build();
        }
      }
    }
    return getDeleteCredentialMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static CredentialServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CredentialServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CredentialServiceStub>() {
        @java.lang.Override
        public CredentialServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CredentialServiceStub(channel, callOptions);
        }
      };
    return CredentialServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static CredentialServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CredentialServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CredentialServiceBlockingStub>() {
        @java.lang.Override
        public CredentialServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CredentialServiceBlockingStub(channel, callOptions);
        }
      };
    return CredentialServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static CredentialServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CredentialServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CredentialServiceFutureStub>() {
        @java.lang.Override
        public CredentialServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CredentialServiceFutureStub(channel, callOptions);
        }
      };
    return CredentialServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps credentials, encrypted. Their fields are written and never read again: no answer holds one.
   * </pre>
   */
  public static abstract class CredentialServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Stores a new credential. A name that the workspace has already is `ALREADY_EXISTS`.
     * </pre>
     */
    public void createCredential(io.tradewind.v1.CreateCredentialRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateCredentialResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateCredentialMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists credentials by name, a page at a time.
     * </pre>
     */
    public void listCredentials(io.tradewind.v1.ListCredentialsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListCredentialsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListCredentialsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a credential and which chatflows use it.
     * </pre>
     */
    public void getCredential(io.tradewind.v1.GetCredentialRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetCredentialResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetCredentialMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes what is set and leaves the rest alone. Fields are replaced all together: what is not sent again is gone.
     * </pre>
     */
    public void updateCredential(io.tradewind.v1.UpdateCredentialRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateCredentialResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateCredentialMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a credential. One that is not there is no error. Chatflows that use it do without it.
     * </pre>
     */
    public void deleteCredential(io.tradewind.v1.DeleteCredentialRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteCredentialResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteCredentialMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getCreateCredentialMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CreateCredentialRequest,
                io.tradewind.v1.CreateCredentialResponse>(
                  this, METHODID_CREATE_CREDENTIAL)))
          .addMethod(
            getListCredentialsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListCredentialsRequest,
                io.tradewind.v1.ListCredentialsResponse>(
                  this, METHODID_LIST_CREDENTIALS)))
          .addMethod(
            getGetCredentialMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetCredentialRequest,
                io.tradewind.v1.GetCredentialResponse>(
                  this, METHODID_GET_CREDENTIAL)))
          .addMethod(
            getUpdateCredentialMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateCredentialRequest,
                io.tradewind.v1.UpdateCredentialResponse>(
                  this, METHODID_UPDATE_CREDENTIAL)))
          .addMethod(
            getDeleteCredentialMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteCredentialRequest,
                io.tradewind.v1.DeleteCredentialResponse>(
                  this, METHODID_DELETE_CREDENTIAL)))
          .build();
    }
  }

  /**
   * <pre>
   * Keeps credentials, encrypted. Their fields are written and never read again: no answer holds one.
   * </pre>
   */
  public static final class CredentialServiceStub extends io.grpc.stub.AbstractAsyncStub<CredentialServiceStub> {
    private CredentialServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CredentialServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CredentialServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new credential. A name that the workspace has already is `ALREADY_EXISTS`.
     * </pre>
     */
    public void createCredential(io.tradewind.v1.CreateCredentialRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateCredentialResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateCredentialMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists credentials by name, a page at a time.
     * </pre>
     */
    public void listCredentials(io.tradewind.v1.ListCredentialsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListCredentialsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListCredentialsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a credential and which chatflows use it.
     * </pre>
     */
    public void getCredential(io.tradewind.v1.GetCredentialRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetCredentialResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetCredentialMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes what is set and leaves the rest alone. Fields are replaced all together: what is not sent again is gone.
     * </pre>
     */
    public void updateCredential(io.tradewind.v1.UpdateCredentialRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateCredentialResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateCredentialMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a credential. One that is not there is no error. Chatflows that use it do without it.
     * </pre>
     */
    public void deleteCredential(io.tradewind.v1.DeleteCredentialRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteCredentialResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteCredentialMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Keeps credentials, encrypted. Their fields are written and never read again: no answer holds one.
   * </pre>
   */
  public static final class CredentialServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<CredentialServiceBlockingStub> {
    private CredentialServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CredentialServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CredentialServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new credential. A name that the workspace has already is `ALREADY_EXISTS`.
     * </pre>
     */
    public io.tradewind.v1.CreateCredentialResponse createCredential(io.tradewind.v1.CreateCredentialRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateCredentialMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists credentials by name, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListCredentialsResponse listCredentials(io.tradewind.v1.ListCredentialsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListCredentialsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a credential and which chatflows use it.
     * </pre>
     */
    public io.tradewind.v1.GetCredentialResponse getCredential(io.tradewind.v1.GetCredentialRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetCredentialMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes what is set and leaves the rest alone. Fields are replaced all together: what is not sent again is gone.
     * </pre>
     */
    public io.tradewind.v1.UpdateCredentialResponse updateCredential(io.tradewind.v1.UpdateCredentialRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateCredentialMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a credential. One that is not there is no error. Chatflows that use it do without it.
     * </pre>
     */
    public io.tradewind.v1.DeleteCredentialResponse deleteCredential(io.tradewind.v1.DeleteCredentialRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteCredentialMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Keeps credentials, encrypted. Their fields are written and never read again: no answer holds one.
   * </pre>
   */
  public static final class CredentialServiceFutureStub extends io.grpc.stub.AbstractFutureStub<CredentialServiceFutureStub> {
    private CredentialServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CredentialServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CredentialServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new credential. A name that the workspace has already is `ALREADY_EXISTS`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CreateCredentialResponse> createCredential(
        io.tradewind.v1.CreateCredentialRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateCredentialMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists credentials by name, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListCredentialsResponse> listCredentials(
        io.tradewind.v1.ListCredentialsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListCredentialsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a credential and which chatflows use it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetCredentialResponse> getCredential(
        io.tradewind.v1.GetCredentialRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetCredentialMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes what is set and leaves the rest alone. Fields are replaced all together: what is not sent again is gone.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateCredentialResponse> updateCredential(
        io.tradewind.v1.UpdateCredentialRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateCredentialMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a credential. One that is not there is no error. Chatflows that use it do without it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteCredentialResponse> deleteCredential(
        io.tradewind.v1.DeleteCredentialRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteCredentialMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_CREDENTIAL = 0;
  private static final int METHODID_LIST_CREDENTIALS = 1;
  private static final int METHODID_GET_CREDENTIAL = 2;
  private static final int METHODID_UPDATE_CREDENTIAL = 3;
  private static final int METHODID_DELETE_CREDENTIAL = 4;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final CredentialServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(CredentialServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_CREDENTIAL:
          serviceImpl.createCredential((io.tradewind.v1.CreateCredentialRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CreateCredentialResponse>) responseObserver);
          break;
        case METHODID_LIST_CREDENTIALS:
          serviceImpl.listCredentials((io.tradewind.v1.ListCredentialsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListCredentialsResponse>) responseObserver);
          break;
        case METHODID_GET_CREDENTIAL:
          serviceImpl.getCredential((io.tradewind.v1.GetCredentialRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetCredentialResponse>) responseObserver);
          break;
        case METHODID_UPDATE_CREDENTIAL:
          serviceImpl.updateCredential((io.tradewind.v1.UpdateCredentialRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateCredentialResponse>) responseObserver);
          break;
        case METHODID_DELETE_CREDENTIAL:
          serviceImpl.deleteCredential((io.tradewind.v1.DeleteCredentialRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteCredentialResponse>) responseObserver);
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

  private static abstract class CredentialServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    CredentialServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.CredentialOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("CredentialService");
    }
  }

  private static final class CredentialServiceFileDescriptorSupplier
      extends CredentialServiceBaseDescriptorSupplier {
    CredentialServiceFileDescriptorSupplier() {}
  }

  private static final class CredentialServiceMethodDescriptorSupplier
      extends CredentialServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    CredentialServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (CredentialServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new CredentialServiceFileDescriptorSupplier())
              .addMethod(getCreateCredentialMethod())
              .addMethod(getListCredentialsMethod())
              .addMethod(getGetCredentialMethod())
              .addMethod(getUpdateCredentialMethod())
              .addMethod(getDeleteCredentialMethod())
              .build();
        }
      }
    }
    return result;
  }
}
