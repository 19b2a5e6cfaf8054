package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps document stores.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/document_store.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class DocumentStoreServiceGrpc {

  private DocumentStoreServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.DocumentStoreService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CreateDocumentStoreRequest,
      io.tradewind.v1.CreateDocumentStoreResponse> getCreateDocumentStoreMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateDocumentStore",
      requestType = io.tradewind.v1.CreateDocumentStoreRequest.class,
      responseType = io.tradewind.v1.CreateDocumentStoreResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CreateDocumentStoreRequest,
      io.tradewind.v1.CreateDocumentStoreResponse> getCreateDocumentStoreMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CreateDocumentStoreRequest, io.tradewind.v1.CreateDocumentStoreResponse> getCreateDocumentStoreMethod;
    if ((getCreateDocumentStoreMethod = DocumentStoreServiceGrpc.getCreateDocumentStoreMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getCreateDocumentStoreMethod = DocumentStoreServiceGrpc.getCreateDocumentStoreMethod) == null) {
          DocumentStoreServiceGrpc.getCreateDocumentStoreMethod = getCreateDocumentStoreMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CreateDocumentStoreRequest, io.tradewind.v1.CreateDocumentStoreResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateDocumentStore"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateDocumentStoreRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateDocumentStoreResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("CreateDocumentStore"))
              .build();
        }
      }
    }
    return getCreateDocumentStoreMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetDocumentStoreRequest,
      io.tradewind.v1.GetDocumentStoreResponse> getGetDocumentStoreMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetDocumentStore",
      requestType = io.tradewind.v1.GetDocumentStoreRequest.class,
      responseType = io.tradewind.v1.GetDocumentStoreResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetDocumentStoreRequest,
      io.tradewind.v1.GetDocumentStoreResponse> getGetDocumentStoreMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetDocumentStoreRequest, io.tradewind.v1.GetDocumentStoreResponse> getGetDocumentStoreMethod;
    if ((getGetDocumentStoreMethod = DocumentStoreServiceGrpc.getGetDocumentStoreMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getGetDocumentStoreMethod = DocumentStoreServiceGrpc.getGetDocumentStoreMethod) == null) {
          DocumentStoreServiceGrpc.getGetDocumentStoreMethod = getGetDocumentStoreMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetDocumentStoreRequest, io.tradewind.v1.GetDocumentStoreResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetDocumentStore"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetDocumentStoreRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetDocumentStoreResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("GetDocumentStore"))
              .build();
        }
      }
    }
    return getGetDocumentStoreMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListDocumentStoresRequest,
      io.tradewind.v1.ListDocumentStoresResponse> getListDocumentStoresMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDocumentStores",
      requestType = io.tradewind.v1.ListDocumentStoresRequest.class,
      responseType = io.tradewind.v1.ListDocumentStoresResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListDocumentStoresRequest,
      io.tradewind.v1.ListDocumentStoresResponse> getListDocumentStoresMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListDocumentStoresRequest, io.tradewind.v1.ListDocumentStoresResponse> getListDocumentStoresMethod;
    if ((getListDocumentStoresMethod = DocumentStoreServiceGrpc.getListDocumentStoresMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getListDocumentStoresMethod = DocumentStoreServiceGrpc.getListDocumentStoresMethod) == null) {
          DocumentStoreServiceGrpc.getListDocumentStoresMethod = getListDocumentStoresMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListDocumentStoresRequest, io.tradewind.v1.ListDocumentStoresResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDocumentStores"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListDocumentStoresRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListDocumentStoresResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("ListDocumentStores"))
              .build();
        }
      }
    }
    return getListDocumentStoresMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateDocumentStoreRequest,
      io.tradewind.v1.UpdateDocumentStoreResponse> getUpdateDocumentStoreMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateDocumentStore",
      requestType = io.tradewind.v1.UpdateDocumentStoreRequest.class,
      responseType = io.tradewind.v1.UpdateDocumentStoreResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateDocumentStoreRequest,
      io.tradewind.v1.UpdateDocumentStoreResponse> getUpdateDocumentStoreMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateDocumentStoreRequest, io.tradewind.v1.UpdateDocumentStoreResponse> getUpdateDocumentStoreMethod;
    if ((getUpdateDocumentStoreMethod = DocumentStoreServiceGrpc.getUpdateDocumentStoreMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getUpdateDocumentStoreMethod = DocumentStoreServiceGrpc.getUpdateDocumentStoreMethod) == null) {
          DocumentStoreServiceGrpc.getUpdateDocumentStoreMethod = getUpdateDocumentStoreMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateDocumentStoreRequest, io.tradewind.v1.UpdateDocumentStoreResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateDocumentStore"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateDocumentStoreRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateDocumentStoreResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("UpdateDocumentStore"))
              .build();
        }
      }
    }
    return getUpdateDocumentStoreMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteDocumentStoreRequest,
      io.tradewind.v1.DeleteDocumentStoreResponse> getDeleteDocumentStoreMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteDocumentStore",
      requestType = io.tradewind.v1.DeleteDocumentStoreRequest.class,
      responseType = io.tradewind.v1.DeleteDocumentStoreResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteDocumentStoreRequest,
      io.tradewind.v1.DeleteDocumentStoreResponse> getDeleteDocumentStoreMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteDocumentStoreRequest, io.tradewind.v1.DeleteDocumentStoreResponse> getDeleteDocumentStoreMethod;
    if ((getDeleteDocumentStoreMethod = DocumentStoreServiceGrpc.getDeleteDocumentStoreMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getDeleteDocumentStoreMethod = DocumentStoreServiceGrpc.getDeleteDocumentStoreMethod) == null) {
          DocumentStoreServiceGrpc.getDeleteDocumentStoreMethod = getDeleteDocumentStoreMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteDocumentStoreRequest, io.tradewind.v1.DeleteDocumentStoreResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteDocumentStore"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteDocumentStoreRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteDocumentStoreResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("DeleteDocumentStore"))
              .build();
        }
      }
    }
    return getDeleteDocumentStoreMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static DocumentStoreServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DocumentStoreServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DocumentStoreServiceStub>() {
        @java.lang.Override
        public DocumentStoreServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DocumentStoreServiceStub(channel, callOptions);
        }
      };
    return DocumentStoreServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static DocumentStoreServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DocumentStoreServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DocumentStoreServiceBlockingStub>() {
        @java.lang.Override
        public DocumentStoreServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DocumentStoreServiceBlockingStub(channel, callOptions);
        }
      };
    return DocumentStoreServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static DocumentStoreServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DocumentStoreServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DocumentStoreServiceFutureStub>() {
        @java.lang.Override
        public DocumentStoreServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DocumentStoreServiceFutureStub(channel, callOptions);
        }
      };
    return DocumentStoreServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps document stores.
   * </pre>
   */
  public static abstract class DocumentStoreServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Stores a new store, without loaders.
     * </pre>
     */
    public void createDocumentStore(io.tradewind.v1.CreateDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateDocumentStoreMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one store with its loaders.
     * </pre>
     */
    public void getDocumentStore(io.tradewind.v1.GetDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetDocumentStoreMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists stores with their loaders, newest change first, a page at a time.
     * </pre>
     */
    public void listDocumentStores(io.tradewind.v1.ListDocumentStoresRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListDocumentStoresResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDocumentStoresMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public void updateDocumentStore(io.tradewind.v1.UpdateDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateDocumentStoreMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a store with its loaders, chunks, files and vectors. A collection that the store names itself stays, without them.
     * </pre>
     */
    public void deleteDocumentStore(io.tradewind.v1.DeleteDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteDocumentStoreMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getCreateDocumentStoreMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CreateDocumentStoreRequest,
                io.tradewind.v1.CreateDocumentStoreResponse>(
                  this, METHODID_CREATE_DOCUMENT_STORE)))
          .addMethod(
            getGetDocumentStoreMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetDocumentStoreRequest,
                io.tradewind.v1.GetDocumentStoreResponse>(
                  this, METHODID_GET_DOCUMENT_STORE)))
          .addMethod(
            getListDocumentStoresMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListDocumentStoresRequest,
                io.tradewind.v1.ListDocumentStoresResponse>(
                  this, METHODID_LIST_DOCUMENT_STORES)))
          .addMethod(
            getUpdateDocumentStoreMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateDocumentStoreRequest,
                io.tradewind.v1.UpdateDocumentStoreResponse>(
                  this, METHODID_UPDATE_DOCUMENT_STORE)))
          .addMethod(
            getDeleteDocumentStoreMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteDocumentStoreRequest,
                io.tradewind.v1.DeleteDocumentStoreResponse>(
                  this, METHODID_DELETE_DOCUMENT_STORE)))
          .build();
    }
  }

  /**
   * <pre>
   * Keeps document stores.
   * </pre>
   */
  public static final class DocumentStoreServiceStub extends io.grpc.stub.AbstractAsyncStub<DocumentStoreServiceStub> {
    private DocumentStoreServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DocumentStoreServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DocumentStoreServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new store, without loaders.
     * </pre>
     */
    public void createDocumentStore(io.tradewind.v1.CreateDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateDocumentStoreMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one store with its loaders.
     * </pre>
     */
    public void getDocumentStore(io.tradewind.v1.GetDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetDocumentStoreMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists stores with their loaders, newest change first, a page at a time.
     * </pre>
     */
    public void listDocumentStores(io.tradewind.v1.ListDocumentStoresRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListDocumentStoresResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDocumentStoresMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public void updateDocumentStore(io.tradewind.v1.UpdateDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateDocumentStoreMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a store with its loaders, chunks, files and vectors. A collection that the store names itself stays, without them.
     * </pre>
     */
    public void deleteDocumentStore(io.tradewind.v1.DeleteDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteDocumentStoreMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Keeps document stores.
   * </pre>
   */
  public static final class DocumentStoreServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<DocumentStoreServiceBlockingStub> {
    private DocumentStoreServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DocumentStoreServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DocumentStoreServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new store, without loaders.
     * </pre>
     */
    public io.tradewind.v1.CreateDocumentStoreResponse createDocumentStore(io.tradewind.v1.CreateDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateDocumentStoreMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one store with its loaders.
     * </pre>
     */
    public io.tradewind.v1.GetDocumentStoreResponse getDocumentStore(io.tradewind.v1.GetDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetDocumentStoreMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists stores with their loaders, newest change first, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListDocumentStoresResponse listDocumentStores(io.tradewind.v1.ListDocumentStoresRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDocumentStoresMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public io.tradewind.v1.UpdateDocumentStoreResponse updateDocumentStore(io.tradewind.v1.UpdateDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateDocumentStoreMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a store with its loaders, chunks, files and vectors. A collection that the store names itself stays, without them.
     * </pre>
     */
    public io.tradewind.v1.DeleteDocumentStoreResponse deleteDocumentStore(io.tradewind.v1.DeleteDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteDocumentStoreMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Keeps document stores.
   * </pre>
   */
  public static final class DocumentStoreServiceFutureStub extends io.grpc.stub.AbstractFutureStub<DocumentStoreServiceFutureStub> {
    private DocumentStoreServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DocumentStoreServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DocumentStoreServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new store, without loaders.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CreateDocumentStoreResponse> createDocumentStore(
        io.tradewind.v1.CreateDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateDocumentStoreMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one store with its loaders.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetDocumentStoreResponse> getDocumentStore(
        io.tradewind.v1.GetDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetDocumentStoreMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists stores with their loaders, newest change first, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListDocumentStoresResponse> listDocumentStores(
        io.tradewind.v1.ListDocumentStoresRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDocumentStoresMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateDocumentStoreResponse> updateDocumentStore(
        io.tradewind.v1.UpdateDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateDocumentStoreMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a store with its loaders, chunks, files and vectors. A collection that the store names itself stays, without them.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteDocumentStoreResponse> deleteDocumentStore(
        io.tradewind.v1.DeleteDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteDocumentStoreMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_DOCUMENT_STORE = 0;
  private static final int METHODID_GET_DOCUMENT_STORE = 1;
  private static final int METHODID_LIST_DOCUMENT_STORES = 2;
  private static final int METHODID_UPDATE_DOCUMENT_STORE = 3;
  private static final int METHODID_DELETE_DOCUMENT_STORE = 4;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final DocumentStoreServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(DocumentStoreServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_DOCUMENT_STORE:
          serviceImpl.createDocumentStore((io.tradewind.v1.CreateDocumentStoreRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CreateDocumentStoreResponse>) responseObserver);
          break;
        case METHODID_GET_DOCUMENT_STORE:
          serviceImpl.getDocumentStore((io.tradewind.v1.GetDocumentStoreRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetDocumentStoreResponse>) responseObserver);
          break;
        case METHODID_LIST_DOCUMENT_STORES:
          serviceImpl.listDocumentStores((io.tradewind.v1.ListDocumentStoresRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListDocumentStoresResponse>) responseObserver);
          break;
        case METHODID_UPDATE_DOCUMENT_STORE:
          serviceImpl.updateDocumentStore((io.tradewind.v1.UpdateDocumentStoreRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateDocumentStoreResponse>) responseObserver);
          break;
        case METHODID_DELETE_DOCUMENT_STORE:
          serviceImpl.deleteDocumentStore((io.tradewind.v1.DeleteDocumentStoreRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteDocumentStoreResponse>) responseObserver);
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

  private static abstract class DocumentStoreServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    DocumentStoreServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.DocumentStoreOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("DocumentStoreService");
    }
  }

  private static final class DocumentStoreServiceFileDescriptorSupplier
      extends DocumentStoreServiceBaseDescriptorSupplier {
    DocumentStoreServiceFileDescriptorSupplier() {}
  }

  private static final class DocumentStoreServiceMethodDescriptorSupplier
      extends DocumentStoreServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    DocumentStoreServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (DocumentStoreServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new DocumentStoreServiceFileDescriptorSupplier())
              .addMethod(getCreateDocumentStoreMethod())
              .addMethod(getGetDocumentStoreMethod())
              .addMethod(getListDocumentStoresMethod())
              .addMethod(getUpdateDocumentStoreMethod())
              .addMethod(getDeleteDocumentStoreMethod())
              .build();
        }
      }
    }
    return result;
  }
}
