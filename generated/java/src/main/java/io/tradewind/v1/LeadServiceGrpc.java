package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Takes, lists and deletes leads. Deleting a chatflow deletes its leads; deleting messages does not.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/lead.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class LeadServiceGrpc {

  private LeadServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.LeadService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CreateLeadRequest,
      io.tradewind.v1.CreateLeadResponse> getCreateLeadMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateLead",
      requestType = io.tradewind.v1.CreateLeadRequest.class,
      responseType = io.tradewind.v1.CreateLeadResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CreateLeadRequest,
      io.tradewind.v1.CreateLeadResponse> getCreateLeadMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CreateLeadRequest, io.tradewind.v1.CreateLeadResponse> getCreateLeadMethod;
    if ((getCreateLeadMethod = LeadServiceGrpc.getCreateLeadMethod) == null) {
      synchronized (LeadServiceGrpc.class) {
        if ((getCreateLeadMethod = LeadServiceGrpc.getCreateLeadMethod) == null) {
          LeadServiceGrpc.getCreateLeadMethod = getCreateLeadMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CreateLeadRequest, io.tradewind.v1.CreateLeadResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateLead"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateLeadRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateLeadResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LeadServiceMethodDescriptorSupplier("CreateLead"))
              .build();
        }
      }
    }
    return getCreateLeadMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListLeadsRequest,
      io.tradewind.v1.ListLeadsResponse> getListLeadsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListLeads",
      requestType = io.tradewind.v1.ListLeadsRequest.class,
      responseType = io.tradewind.v1.ListLeadsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListLeadsRequest,
      io.tradewind.v1.ListLeadsResponse> getListLeadsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListLeadsRequest, io.tradewind.v1.ListLeadsResponse> getListLeadsMethod;
    if ((getListLeadsMethod = LeadServiceGrpc.getListLeadsMethod) == null) {
      synchronized (LeadServiceGrpc.class) {
        if ((getListLeadsMethod = LeadServiceGrpc.getListLeadsMethod) == null) {
          LeadServiceGrpc.getListLeadsMethod = getListLeadsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListLeadsRequest, io.tradewind.v1.ListLeadsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListLeads"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListLeadsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListLeadsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LeadServiceMethodDescriptorSupplier("ListLeads"))
              .build();
        }
      }
    }
    return getListLeadsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteLeadRequest,
      io.tradewind.v1.DeleteLeadResponse> getDeleteLeadMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteLead",
      requestType = io.tradewind.v1.DeleteLeadRequest.class,
      responseType = io.tradewind.v1.DeleteLeadResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteLeadRequest,
      io.tradewind.v1.DeleteLeadResponse> getDeleteLeadMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteLeadRequest, io.tradewind.v1.DeleteLeadResponse> getDeleteLeadMethod;
    if ((getDeleteLeadMethod = LeadServiceGrpc.getDeleteLeadMethod) == null) {
      synchronized (LeadServiceGrpc.class) {
        if ((getDeleteLeadMethod = LeadServiceGrpc.getDeleteLeadMethod) == null) {
          LeadServiceGrpc.getDeleteLeadMethod = getDeleteLeadMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteLeadRequest, io.tradewind.v1.DeleteLeadResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteLead"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteLeadRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteLeadResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LeadServiceMethodDescriptorSupplier("DeleteLead"))
              .build();
        }
      }
    }
    return getDeleteLeadMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static LeadServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LeadServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LeadServiceStub>() {
        @java.lang.Override
        public LeadServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LeadServiceStub(channel, callOptions);
        }
      };
    return LeadServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static LeadServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LeadServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LeadServiceBlockingStub>() {
        @java.lang.Override
        public LeadServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LeadServiceBlockingStub(channel, callOptions);
        }
      };
    return LeadServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static LeadServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LeadServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LeadServiceFutureStub>() {
        @java.lang.Override
        public LeadServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LeadServiceFutureStub(channel, callOptions);
        }
      };
    return LeadServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Takes, lists and deletes leads. Deleting a chatflow deletes its leads; deleting messages does not.
   * </pre>
   */
  public static abstract class LeadServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Stores a lead. It counts as a call for the chatflow's rate limit.
     * </pre>
     */
    public void createLead(io.tradewind.v1.CreateLeadRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateLeadResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateLeadMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the leads of a chatflow, a page at a time.
     * </pre>
     */
    public void listLeads(io.tradewind.v1.ListLeadsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListLeadsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListLeadsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes one lead.
     * </pre>
     */
    public void deleteLead(io.tradewind.v1.DeleteLeadRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteLeadResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteLeadMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getCreateLeadMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CreateLeadRequest,
                io.tradewind.v1.CreateLeadResponse>(
                  this, METHODID_CREATE_LEAD)))
          .addMethod(
            getListLeadsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListLeadsRequest,
                io.tradewind.v1.ListLeadsResponse>(
                  this, METHODID_LIST_LEADS)))
          .addMethod(
            getDeleteLeadMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteLeadRequest,
                io.tradewind.v1.DeleteLeadResponse>(
                  this, METHODID_DELETE_LEAD)))
          .build();
    }
  }

  /**
   * <pre>
   * Takes, lists and deletes leads. Deleting a chatflow deletes its leads; deleting messages does not.
   * </pre>
   */
  public static final class LeadServiceStub extends io.grpc.stub.AbstractAsyncStub<LeadServiceStub> {
    private LeadServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LeadServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LeadServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a lead. It counts as a call for the chatflow's rate limit.
     * </pre>
     */
    public void createLead(io.tradewind.v1.CreateLeadRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateLeadResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateLeadMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the leads of a chatflow, a page at a time.
     * </pre>
     */
    public void listLeads(io.tradewind.v1.ListLeadsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListLeadsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListLeadsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes one lead.
     * </pre>
     */
    public void deleteLead(io.tradewind.v1.DeleteLeadRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteLeadResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteLeadMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Takes, lists and deletes leads. Deleting a chatflow deletes its leads; deleting messages does not.
   * </pre>
   */
  public static final class LeadServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<LeadServiceBlockingStub> {
    private LeadServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LeadServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LeadServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a lead. It counts as a call for the chatflow's rate limit.
     * </pre>
     */
    public io.tradewind.v1.CreateLeadResponse createLead(io.tradewind.v1.CreateLeadRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateLeadMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the leads of a chatflow, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListLeadsResponse listLeads(io.tradewind.v1.ListLeadsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListLeadsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes one lead.
     * </pre>
     */
    public io.tradewind.v1.DeleteLeadResponse deleteLead(io.tradewind.v1.DeleteLeadRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteLeadMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Takes, lists and deletes leads. Deleting a chatflow deletes its leads; deleting messages does not.
   * </pre>
   */
  public static final class LeadServiceFutureStub extends io.grpc.stub.AbstractFutureStub<LeadServiceFutureStub> {
    private LeadServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LeadServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LeadServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a lead. It counts as a call for the chatflow's rate limit.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CreateLeadResponse> createLead(
        io.tradewind.v1.CreateLeadRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateLeadMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the leads of a chatflow, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListLeadsResponse> listLeads(
        io.tradewind.v1.ListLeadsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListLeadsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes one lead.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteLeadResponse> deleteLead(
        io.tradewind.v1.DeleteLeadRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteLeadMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_LEAD = 0;
  private static final int METHODID_LIST_LEADS = 1;
  private static final int METHODID_DELETE_LEAD = 2;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final LeadServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(LeadServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_LEAD:
          serviceImpl.createLead((io.tradewind.v1.CreateLeadRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CreateLeadResponse>) responseObserver);
          break;
        case METHODID_LIST_LEADS:
          serviceImpl.listLeads((io.tradewind.v1.ListLeadsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListLeadsResponse>) responseObserver);
          break;
        case METHODID_DELETE_LEAD:
          serviceImpl.deleteLead((io.tradewind.v1.DeleteLeadRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteLeadResponse>) responseObserver);
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

  private static abstract class LeadServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    LeadServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.LeadOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("LeadService");
    }
  }

  private static final class LeadServiceFileDescriptorSupplier
      extends LeadServiceBaseDescriptorSupplier {
    LeadServiceFileDescriptorSupplier() {}
  }

  private static final class LeadServiceMethodDescriptorSupplier
      extends LeadServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    LeadServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (LeadServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new LeadServiceFileDescriptorSupplier())
              .addMethod(getCreateLeadMethod())
              .addMethod(getListLeadsMethod())
              .addMethod(getDeleteLeadMethod())
              .build();
        }
      }
    }
    return result;
  }
}
