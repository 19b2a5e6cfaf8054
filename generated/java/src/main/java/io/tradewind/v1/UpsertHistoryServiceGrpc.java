package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Lists and forgets finished upserts. What they stored stays.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/upsert_history.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class UpsertHistoryServiceGrpc {

  private UpsertHistoryServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.UpsertHistoryService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListUpsertHistoryRequest,
      io.tradewind.v1.ListUpsertHistoryResponse> getListUpsertHistoryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListUpsertHistory",
      requestType = io.tradewind.v1.ListUpsertHistoryRequest.class,
      responseType = io.tradewind.v1.ListUpsertHistoryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListUpsertHistoryRequest,
      io.tradewind.v1.ListUpsertHistoryResponse> getListUpsertHistoryMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListUpsertHistoryRequest, io.tradewind.v1.ListUpsertHistoryResponse> getListUpsertHistoryMethod;
    if ((getListUpsertHistoryMethod = UpsertHistoryServiceGrpc.getListUpsertHistoryMethod) == null) {
      synchronized (UpsertHistoryServiceGrpc.class) {
        if ((getListUpsertHistoryMethod = UpsertHistoryServiceGrpc.getListUpsertHistoryMethod) == null) {
          UpsertHistoryServiceGrpc.getListUpsertHistoryMethod = getListUpsertHistoryMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListUpsertHistoryRequest, io.tradewind.v1.ListUpsertHistoryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListUpsertHistory"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListUpsertHistoryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListUpsertHistoryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UpsertHistoryServiceMethodDescriptorSupplier("ListUpsertHistory"))
              .build();
        }
      }
    }
    return getListUpsertHistoryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteUpsertHistoryRequest,
      io.tradewind.v1.DeleteUpsertHistoryResponse> getDeleteUpsertHistoryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteUpsertHistory",
      requestType = io.tradewind.v1.DeleteUpsertHistoryRequest.class,
      responseType = io.tradewind.v1.DeleteUpsertHistoryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteUpsertHistoryRequest,
      io.tradewind.v1.DeleteUpsertHistoryResponse> getDeleteUpsertHistoryMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteUpsertHistoryRequest, io.tradewind.v1.DeleteUpsertHistoryResponse> getDeleteUpsertHistoryMethod;
    if ((getDeleteUpsertHistoryMethod = UpsertHistoryServiceGrpc.getDeleteUpsertHistoryMethod) == null) {
      synchronized (UpsertHistoryServiceGrpc.class) {
        if ((getDeleteUpsertHistoryMethod = UpsertHistoryServiceGrpc.getDeleteUpsertHistoryMethod) == null) {
          UpsertHistoryServiceGrpc.getDeleteUpsertHistoryMethod = getDeleteUpsertHistoryMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteUpsertHistoryRequest, io.tradewind.v1.DeleteUpsertHistoryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteUpsertHistory"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteUpsertHistoryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteUpsertHistoryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UpsertHistoryServiceMethodDescriptorSupplier("DeleteUpsertHistory"))
              .build();
        }
      }
    }
    return getDeleteUpsertHistoryMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static UpsertHistoryServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UpsertHistoryServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UpsertHistoryServiceStub>() {
        @java.lang.Override
        public UpsertHistoryServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UpsertHistoryServiceStub(channel, callOptions);
        }
      };
    return UpsertHistoryServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static UpsertHistoryServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UpsertHistoryServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UpsertHistoryServiceBlockingStub>() {
        @java.lang.Override
        public UpsertHistoryServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UpsertHistoryServiceBlockingStub(channel, callOptions);
        }
      };
    return UpsertHistoryServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static UpsertHistoryServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UpsertHistoryServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UpsertHistoryServiceFutureStub>() {
        @java.lang.Override
        public UpsertHistoryServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UpsertHistoryServiceFutureStub(channel, callOptions);
        }
      };
    return UpsertHistoryServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Lists and forgets finished upserts. What they stored stays.
   * </pre>
   */
  public static abstract class UpsertHistoryServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Lists the finished upserts of a chatflow, a page at a time.
     * </pre>
     */
    public void listUpsertHistory(io.tradewind.v1.ListUpsertHistoryRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListUpsertHistoryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListUpsertHistoryMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes entries: all of those named, or none where one is not there.
     * </pre>
     */
    public void deleteUpsertHistory(io.tradewind.v1.DeleteUpsertHistoryRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteUpsertHistoryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteUpsertHistoryMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getListUpsertHistoryMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListUpsertHistoryRequest,
                io.tradewind.v1.ListUpsertHistoryResponse>(
                  this, METHODID_LIST_UPSERT_HISTORY)))
          .addMethod(
            getDeleteUpsertHistoryMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteUpsertHistoryRequest,
                io.tradewind.v1.DeleteUpsertHistoryResponse>(
                  this, METHODID_DELETE_UPSERT_HISTORY)))
          .build();
    }
  }

  /**
   * <pre>
   * Lists and forgets finished upserts. What they stored stays.
   * </pre>
   */
  public static final class UpsertHistoryServiceStub extends io.grpc.stub.AbstractAsyncStub<UpsertHistoryServiceStub> {
    private UpsertHistoryServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UpsertHistoryServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UpsertHistoryServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the finished upserts of a chatflow, a page at a time.
     * </pre>
     */
    public void listUpsertHistory(io.tradewind.v1.ListUpsertHistoryRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListUpsertHistoryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListUpsertHistoryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes entries: all of those named, or none where one is not there.
     * </pre>
     */
    public void deleteUpsertHistory(io.tradewind.v1.DeleteUpsertHistoryRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteUpsertHistoryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteUpsertHistoryMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Lists and forgets finished upserts. What they stored stays.
   * </pre>
   */
  public static final class UpsertHistoryServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<UpsertHistoryServiceBlockingStub> {
    private UpsertHistoryServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UpsertHistoryServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UpsertHistoryServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the finished upserts of a chatflow, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListUpsertHistoryResponse listUpsertHistory(io.tradewind.v1.ListUpsertHistoryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListUpsertHistoryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes entries: all of those named, or none where one is not there.
     * </pre>
     */
    public io.tradewind.v1.DeleteUpsertHistoryResponse deleteUpsertHistory(io.tradewind.v1.DeleteUpsertHistoryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteUpsertHistoryMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Lists and forgets finished upserts. What they stored stays.
   * </pre>
   */
  public static final class UpsertHistoryServiceFutureStub extends io.grpc.stub.AbstractFutureStub<UpsertHistoryServiceFutureStub> {
    private UpsertHistoryServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UpsertHistoryServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UpsertHistoryServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the finished upserts of a chatflow, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListUpsertHistoryResponse> listUpsertHistory(
        io.tradewind.v1.ListUpsertHistoryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListUpsertHistoryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes entries: all of those named, or none where one is not there.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteUpsertHistoryResponse> deleteUpsertHistory(
        io.tradewind.v1.DeleteUpsertHistoryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteUpsertHistoryMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_UPSERT_HISTORY = 0;
  private static final int METHODID_DELETE_UPSERT_HISTORY = 1;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final UpsertHistoryServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(UpsertHistoryServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_LIST_UPSERT_HISTORY:
          serviceImpl.listUpsertHistory((io.tradewind.v1.ListUpsertHistoryRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListUpsertHistoryResponse>) responseObserver);
          break;
        case METHODID_DELETE_UPSERT_HISTORY:
          serviceImpl.deleteUpsertHistory((io.tradewind.v1.DeleteUpsertHistoryRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteUpsertHistoryResponse>) responseObserver);
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

  private static abstract class UpsertHistoryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    UpsertHistoryServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.UpsertHistory.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("UpsertHistoryService");
    }
  }

  private static final class UpsertHistoryServiceFileDescriptorSupplier
      extends UpsertHistoryServiceBaseDescriptorSupplier {
    UpsertHistoryServiceFileDescriptorSupplier() {}
  }

  private static final class UpsertHistoryServiceMethodDescriptorSupplier
      extends UpsertHistoryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    UpsertHistoryServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (UpsertHistoryServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new UpsertHistoryServiceFileDescriptorSupplier())
              .addMethod(getListUpsertHistoryMethod())
              .addMethod(getDeleteUpsertHistoryMethod())
              .build();
        }
      }
    }
    return result;
  }
}
