package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Says what runs here.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/node_type.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class NodeTypeServiceGrpc {

  private NodeTypeServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.NodeTypeService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListNodeTypesRequest,
      io.tradewind.v1.ListNodeTypesResponse> getListNodeTypesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListNodeTypes",
      requestType = io.tradewind.v1.ListNodeTypesRequest.class,
      responseType = io.tradewind.v1.ListNodeTypesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListNodeTypesRequest,
      io.tradewind.v1.ListNodeTypesResponse> getListNodeTypesMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListNodeTypesRequest, io.tradewind.v1.ListNodeTypesResponse> getListNodeTypesMethod;
    if ((getListNodeTypesMethod = NodeTypeServiceGrpc.getListNodeTypesMethod) == null) {
      synchronized (NodeTypeServiceGrpc.class) {
        if ((getListNodeTypesMethod = NodeTypeServiceGrpc.getListNodeTypesMethod) == null) {
          NodeTypeServiceGrpc.getListNodeTypesMethod = getListNodeTypesMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListNodeTypesRequest, io.tradewind.v1.ListNodeTypesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListNodeTypes"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListNodeTypesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListNodeTypesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new NodeTypeServiceMethodDescriptorSupplier("ListNodeTypes"))
              .build();
        }
      }
    }
    return getListNodeTypesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static NodeTypeServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<NodeTypeServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<NodeTypeServiceStub>() {
        @java.lang.Override
        public NodeTypeServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new NodeTypeServiceStub(channel, callOptions);
        }
      };
    return NodeTypeServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static NodeTypeServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<NodeTypeServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<NodeTypeServiceBlockingStub>() {
        @java.lang.Override
        public NodeTypeServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new NodeTypeServiceBlockingStub(channel, callOptions);
        }
      };
    return NodeTypeServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static NodeTypeServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<NodeTypeServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<NodeTypeServiceFutureStub>() {
        @java.lang.Override
        public NodeTypeServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new NodeTypeServiceFutureStub(channel, callOptions);
        }
      };
    return NodeTypeServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Says what runs here.
   * </pre>
   */
  public static abstract class NodeTypeServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Lists the node types that run here, by name, a page at a time. Any other is refused when a chatflow with it is run.
     * </pre>
     */
    public void listNodeTypes(io.tradewind.v1.ListNodeTypesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListNodeTypesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListNodeTypesMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getListNodeTypesMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListNodeTypesRequest,
                io.tradewind.v1.ListNodeTypesResponse>(
                  this, METHODID_LIST_NODE_TYPES)))
          .build();
    }
  }

  /**
   * <pre>
   * Says what runs here.
   * </pre>
   */
  public static final class NodeTypeServiceStub extends io.grpc.stub.AbstractAsyncStub<NodeTypeServiceStub> {
    private NodeTypeServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected NodeTypeServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new NodeTypeServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the node types that run here, by name, a page at a time. Any other is refused when a chatflow with it is run.
     * </pre>
     */
    public void listNodeTypes(io.tradewind.v1.ListNodeTypesRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListNodeTypesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListNodeTypesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Says what runs here.
   * </pre>
   */
  public static final class NodeTypeServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<NodeTypeServiceBlockingStub> {
    private NodeTypeServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected NodeTypeServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new NodeTypeServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the node types that run here, by name, a page at a time. Any other is refused when a chatflow with it is run.
     * </pre>
     */
    public io.tradewind.v1.ListNodeTypesResponse listNodeTypes(io.tradewind.v1.ListNodeTypesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListNodeTypesMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Says what runs here.
   * </pre>
   */
  public static final class NodeTypeServiceFutureStub extends io.grpc.stub.AbstractFutureStub<NodeTypeServiceFutureStub> {
    private NodeTypeServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected NodeTypeServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new NodeTypeServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the node types that run here, by name, a page at a time. Any other is refused when a chatflow with it is run.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListNodeTypesResponse> listNodeTypes(
        io.tradewind.v1.ListNodeTypesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListNodeTypesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_NODE_TYPES = 0;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final NodeTypeServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(NodeTypeServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_LIST_NODE_TYPES:
          serviceImpl.listNodeTypes((io.tradewind.v1.ListNodeTypesRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListNodeTypesResponse>) responseObserver);
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

  private static abstract class NodeTypeServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    NodeTypeServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.NodeTypeOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("NodeTypeService");
    }
  }

  private static final class NodeTypeServiceFileDescriptorSupplier
      extends NodeTypeServiceBaseDescriptorSupplier {
    NodeTypeServiceFileDescriptorSupplier() {}
  }

  private static final class NodeTypeServiceMethodDescriptorSupplier
      extends NodeTypeServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    NodeTypeServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (NodeTypeServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new NodeTypeServiceFileDescriptorSupplier())
              .addMethod(getListNodeTypesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
