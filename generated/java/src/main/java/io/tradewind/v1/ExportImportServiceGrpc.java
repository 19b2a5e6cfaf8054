package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Moves workspaces. Credentials, API keys and vectors never leave.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/export_import.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class ExportImportServiceGrpc {

  private ExportImportServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.ExportImportService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ExportWorkspaceRequest,
      io.tradewind.v1.ExportWorkspaceResponse> getExportWorkspaceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExportWorkspace",
      requestType = io.tradewind.v1.ExportWorkspaceRequest.class,
      responseType = io.tradewind.v1.ExportWorkspaceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ExportWorkspaceRequest,
      io.tradewind.v1.ExportWorkspaceResponse> getExportWorkspaceMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ExportWorkspaceRequest, io.tradewind.v1.ExportWorkspaceResponse> getExportWorkspaceMethod;
    if ((getExportWorkspaceMethod = ExportImportServiceGrpc.getExportWorkspaceMethod) == null) {
      synchronized (ExportImportServiceGrpc.class) {
        if ((getExportWorkspaceMethod = ExportImportServiceGrpc.getExportWorkspaceMethod) == null) {
          ExportImportServiceGrpc.getExportWorkspaceMethod = getExportWorkspaceMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ExportWorkspaceRequest, io.tradewind.v1.ExportWorkspaceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExportWorkspace"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ExportWorkspaceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ExportWorkspaceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ExportImportServiceMethodDescriptorSupplier("ExportWorkspace"))
              .build();
        }
      }
    }
    return getExportWorkspaceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ImportWorkspaceRequest,
      io.tradewind.v1.ImportWorkspaceResponse> getImportWorkspaceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ImportWorkspace",
      requestType = io.tradewind.v1.ImportWorkspaceRequest.class,
      responseType = io.tradewind.v1.ImportWorkspaceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ImportWorkspaceRequest,
      io.tradewind.v1.ImportWorkspaceResponse> getImportWorkspaceMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ImportWorkspaceRequest, io.tradewind.v1.ImportWorkspaceResponse> getImportWorkspaceMethod;
    if ((getImportWorkspaceMethod = ExportImportServiceGrpc.getImportWorkspaceMethod) == null) {
      synchronized (ExportImportServiceGrpc.class) {
        if ((getImportWorkspaceMethod = ExportImportServiceGrpc.getImportWorkspaceMethod) == null) {
          ExportImportServiceGrpc.getImportWorkspaceMethod = getImportWorkspaceMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ImportWorkspaceRequest, io.tradewind.v1.ImportWorkspaceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ImportWorkspace"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ImportWorkspaceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ImportWorkspaceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ExportImportServiceMethodDescriptorSupplier("ImportWorkspace"))
              .build();
        }
      }
    }
    return getImportWorkspaceMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ExportImportServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ExportImportServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ExportImportServiceStub>() {
        @java.lang.Override
        public ExportImportServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ExportImportServiceStub(channel, callOptions);
        }
      };
    return ExportImportServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ExportImportServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ExportImportServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ExportImportServiceBlockingStub>() {
        @java.lang.Override
        public ExportImportServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ExportImportServiceBlockingStub(channel, callOptions);
        }
      };
    return ExportImportServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ExportImportServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ExportImportServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ExportImportServiceFutureStub>() {
        @java.lang.Override
        public ExportImportServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ExportImportServiceFutureStub(channel, callOptions);
        }
      };
    return ExportImportServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Moves workspaces. Credentials, API keys and vectors never leave.
   * </pre>
   */
  public static abstract class ExportImportServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Yields the workspace of the caller as one JSON document, in pieces: chatflows, tools, variables, document stores with their
     * chunks, and chat messages with feedback where they are asked for.
     * </pre>
     */
    public void exportWorkspace(io.tradewind.v1.ExportWorkspaceRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ExportWorkspaceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExportWorkspaceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Adds the entries of an export to the workspace of the caller, all or none. Ids that are taken are replaced, wherever they
     * stand in the file.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.ImportWorkspaceRequest> importWorkspace(
        io.grpc.stub.StreamObserver<io.tradewind.v1.ImportWorkspaceResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getImportWorkspaceMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getExportWorkspaceMethod(),
            io.grpc.stub.ServerCalls.asyncServerStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.ExportWorkspaceRequest,
                io.tradewind.v1.ExportWorkspaceResponse>(
                  this, METHODID_EXPORT_WORKSPACE)))
          .addMethod(
            getImportWorkspaceMethod(),
            io.grpc.stub.ServerCalls.asyncClientStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.ImportWorkspaceRequest,
                io.tradewind.v1.ImportWorkspaceResponse>(
                  this, METHODID_IMPORT_WORKSPACE)))
          .build();
    }
  }

  /**
   * <pre>
   * Moves workspaces. Credentials, API keys and vectors never leave.
   * </pre>
   */
  public static final class ExportImportServiceStub extends io.grpc.stub.AbstractAsyncStub<ExportImportServiceStub> {
    private ExportImportServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ExportImportServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ExportImportServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Yields the workspace of the caller as one JSON document, in pieces: chatflows, tools, variables, document stores with their
     * chunks, and chat messages with feedback where they are asked for.
     * </pre>
     */
    public void exportWorkspace(io.tradewind.v1.ExportWorkspaceRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ExportWorkspaceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getExportWorkspaceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Adds the entries of an export to the workspace of the caller, all or none. Ids that are taken are replaced, wherever they
     * stand in the file.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.ImportWorkspaceRequest> importWorkspace(
        io.grpc.stub.StreamObserver<io.tradewind.v1.ImportWorkspaceResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getImportWorkspaceMethod(), getCallOptions()), responseObserver);
    }
  }

  /**
   * <pre>
   * Moves workspaces. Credentials, API keys and vectors never leave.
   * </pre>
   */
  public static final class ExportImportServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<ExportImportServiceBlockingStub> {
    private ExportImportServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ExportImportServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ExportImportServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Yields the workspace of the caller as one JSON document, in pieces: chatflows, tools, variables, document stores with their
     * chunks, and chat messages with feedback where they are asked for.
     * </pre>
     */
    public java.util.Iterator<io.tradewind.v1.ExportWorkspaceResponse> exportWorkspace(
        io.tradewind.v1.ExportWorkspaceRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getExportWorkspaceMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Moves workspaces. Credentials, API keys and vectors never leave.
   * </pre>
   */
  public static final class ExportImportServiceFutureStub extends io.grpc.stub.AbstractFutureStub<ExportImportServiceFutureStub> {
    private ExportImportServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ExportImportServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ExportImportServiceFutureStub(channel, callOptions);
    }
  }

  private static final int METHODID_EXPORT_WORKSPACE = 0;
  private static final int METHODID_IMPORT_WORKSPACE = 1;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final ExportImportServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(ExportImportServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_EXPORT_WORKSPACE:
          serviceImpl.exportWorkspace((io.tradewind.v1.ExportWorkspaceRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ExportWorkspaceResponse>) responseObserver);
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
        case METHODID_IMPORT_WORKSPACE:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.importWorkspace(
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ImportWorkspaceResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  private static abstract class ExportImportServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ExportImportServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.ExportImport.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ExportImportService");
    }
  }

  private static final class ExportImportServiceFileDescriptorSupplier
      extends ExportImportServiceBaseDescriptorSupplier {
    ExportImportServiceFileDescriptorSupplier() {}
  }

  private static final class ExportImportServiceMethodDescriptorSupplier
      extends ExportImportServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    ExportImportServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (ExportImportServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ExportImportServiceFileDescriptorSupplier())
              .addMethod(getExportWorkspaceMethod())
              .addMethod(getImportWorkspaceMethod())
              .build();
        }
      }
    }
    return result;
  }
}
