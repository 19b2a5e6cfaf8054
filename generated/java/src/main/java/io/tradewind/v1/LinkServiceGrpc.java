package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Finds the pages of a web site, for document loaders that read several.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/link.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class LinkServiceGrpc {

  private LinkServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.LinkService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListLinksRequest,
      io.tradewind.v1.ListLinksResponse> getListLinksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListLinks",
      requestType = io.tradewind.v1.ListLinksRequest.class,
      responseType = io.tradewind.v1.ListLinksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListLinksRequest,
      io.tradewind.v1.ListLinksResponse> getListLinksMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListLinksRequest, io.tradewind.v1.ListLinksResponse> getListLinksMethod;
    if ((getListLinksMethod = LinkServiceGrpc.getListLinksMethod) == null) {
      synchronized (LinkServiceGrpc.class) {
        if ((getListLinksMethod = LinkServiceGrpc.getListLinksMethod) == null) {
          LinkServiceGrpc.getListLinksMethod = getListLinksMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListLinksRequest, io.tradewind.v1.ListLinksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListLinks"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListLinksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListLinksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LinkServiceMethodDescriptorSupplier("ListLinks"))
              .build();
        }
      }
    }
    return getListLinksMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static LinkServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LinkServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LinkServiceStub>() {
        @java.lang.Override
        public LinkServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LinkServiceStub(channel, callOptions);
        }
      };
    return LinkServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static LinkServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LinkServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LinkServiceBlockingStub>() {
        @java.lang.Override
        public LinkServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LinkServiceBlockingStub(channel, callOptions);
        }
      };
    return LinkServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static LinkServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LinkServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LinkServiceFutureStub>() {
        @java.lang.Override
        public LinkServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LinkServiceFutureStub(channel, callOptions);
        }
      };
    return LinkServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Finds the pages of a web site, for document loaders that read several.
   * </pre>
   */
  public static abstract class LinkServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Lists the pages of a web site. Private addresses are refused at every hop.
     * </pre>
     */
    public void listLinks(io.tradewind.v1.ListLinksRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListLinksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListLinksMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getListLinksMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListLinksRequest,
                io.tradewind.v1.ListLinksResponse>(
                  this, METHODID_LIST_LINKS)))
          .build();
    }
  }

  /**
   * <pre>
   * Finds the pages of a web site, for document loaders that read several.
   * </pre>
   */
  public static final class LinkServiceStub extends io.grpc.stub.AbstractAsyncStub<LinkServiceStub> {
    private LinkServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LinkServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LinkServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the pages of a web site. Private addresses are refused at every hop.
     * </pre>
     */
    public void listLinks(io.tradewind.v1.ListLinksRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListLinksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListLinksMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Finds the pages of a web site, for document loaders that read several.
   * </pre>
   */
  public static final class LinkServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<LinkServiceBlockingStub> {
    private LinkServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LinkServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LinkServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the pages of a web site. Private addresses are refused at every hop.
     * </pre>
     */
    public io.tradewind.v1.ListLinksResponse listLinks(io.tradewind.v1.ListLinksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListLinksMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Finds the pages of a web site, for document loaders that read several.
   * </pre>
   */
  public static final class LinkServiceFutureStub extends io.grpc.stub.AbstractFutureStub<LinkServiceFutureStub> {
    private LinkServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LinkServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LinkServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the pages of a web site. Private addresses are refused at every hop.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListLinksResponse> listLinks(
        io.tradewind.v1.ListLinksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListLinksMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_LINKS = 0;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final LinkServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(LinkServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_LIST_LINKS:
          serviceImpl.listLinks((io.tradewind.v1.ListLinksRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListLinksResponse>) responseObserver);
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

  private static abstract class LinkServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    LinkServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.Link.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("LinkService");
    }
  }

  private static final class LinkServiceFileDescriptorSupplier
      extends LinkServiceBaseDescriptorSupplier {
    LinkServiceFileDescriptorSupplier() {}
  }

  private static final class LinkServiceMethodDescriptorSupplier
      extends LinkServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    LinkServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (LinkServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new LinkServiceFileDescriptorSupplier())
              .addMethod(getListLinksMethod())
              .build();
        }
      }
    }
    return result;
  }
}
