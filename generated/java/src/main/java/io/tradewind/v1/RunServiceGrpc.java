package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Starts predictions in the background, and looks at, follows, stops and deletes those that are stored. The id of a run opens
 * nothing: reading, following and stopping one needs the key of its chatflow, or for a chatflow without a key the caller that
 * started it (for callers without a key: the same address). Any other run looks like none.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/run.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class RunServiceGrpc {

  private RunServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.RunService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StartRunRequest,
      io.tradewind.v1.StartRunResponse> getStartRunMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StartRun",
      requestType = io.tradewind.v1.StartRunRequest.class,
      responseType = io.tradewind.v1.StartRunResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StartRunRequest,
      io.tradewind.v1.StartRunResponse> getStartRunMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StartRunRequest, io.tradewind.v1.StartRunResponse> getStartRunMethod;
    if ((getStartRunMethod = RunServiceGrpc.getStartRunMethod) == null) {
      synchronized (RunServiceGrpc.class) {
        if ((getStartRunMethod = RunServiceGrpc.getStartRunMethod) == null) {
          RunServiceGrpc.getStartRunMethod = getStartRunMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StartRunRequest, io.tradewind.v1.StartRunResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StartRun"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StartRunRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StartRunResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RunServiceMethodDescriptorSupplier("StartRun"))
              .build();
        }
      }
    }
    return getStartRunMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetRunRequest,
      io.tradewind.v1.GetRunResponse> getGetRunMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetRun",
      requestType = io.tradewind.v1.GetRunRequest.class,
      responseType = io.tradewind.v1.GetRunResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetRunRequest,
      io.tradewind.v1.GetRunResponse> getGetRunMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetRunRequest, io.tradewind.v1.GetRunResponse> getGetRunMethod;
    if ((getGetRunMethod = RunServiceGrpc.getGetRunMethod) == null) {
      synchronized (RunServiceGrpc.class) {
        if ((getGetRunMethod = RunServiceGrpc.getGetRunMethod) == null) {
          RunServiceGrpc.getGetRunMethod = getGetRunMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetRunRequest, io.tradewind.v1.GetRunResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetRun"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetRunRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetRunResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RunServiceMethodDescriptorSupplier("GetRun"))
              .build();
        }
      }
    }
    return getGetRunMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListRunsRequest,
      io.tradewind.v1.ListRunsResponse> getListRunsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRuns",
      requestType = io.tradewind.v1.ListRunsRequest.class,
      responseType = io.tradewind.v1.ListRunsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListRunsRequest,
      io.tradewind.v1.ListRunsResponse> getListRunsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListRunsRequest, io.tradewind.v1.ListRunsResponse> getListRunsMethod;
    if ((getListRunsMethod = RunServiceGrpc.getListRunsMethod) == null) {
      synchronized (RunServiceGrpc.class) {
        if ((getListRunsMethod = RunServiceGrpc.getListRunsMethod) == null) {
          RunServiceGrpc.getListRunsMethod = getListRunsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListRunsRequest, io.tradewind.v1.ListRunsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRuns"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListRunsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListRunsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RunServiceMethodDescriptorSupplier("ListRuns"))
              .build();
        }
      }
    }
    return getListRunsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StreamRunEventsRequest,
      io.tradewind.v1.StreamRunEventsResponse> getStreamRunEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamRunEvents",
      requestType = io.tradewind.v1.StreamRunEventsRequest.class,
      responseType = io.tradewind.v1.StreamRunEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StreamRunEventsRequest,
      io.tradewind.v1.StreamRunEventsResponse> getStreamRunEventsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StreamRunEventsRequest, io.tradewind.v1.StreamRunEventsResponse> getStreamRunEventsMethod;
    if ((getStreamRunEventsMethod = RunServiceGrpc.getStreamRunEventsMethod) == null) {
      synchronized (RunServiceGrpc.class) {
        if ((getStreamRunEventsMethod = RunServiceGrpc.getStreamRunEventsMethod) == null) {
          RunServiceGrpc.getStreamRunEventsMethod = getStreamRunEventsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StreamRunEventsRequest, io.tradewind.v1.StreamRunEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamRunEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamRunEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamRunEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RunServiceMethodDescriptorSupplier("StreamRunEvents"))
              .build();
        }
      }
    }
    return getStreamRunEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CancelRunRequest,
      io.tradewind.v1.CancelRunResponse> getCancelRunMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelRun",
      requestType = io.tradewind.v1.CancelRunRequest.class,
      responseType = io.tradewind.v1.CancelRunResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CancelRunRequest,
      io.tradewind.v1.CancelRunResponse> getCancelRunMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CancelRunRequest, io.tradewind.v1.CancelRunResponse> getCancelRunMethod;
    if ((getCancelRunMethod = RunServiceGrpc.getCancelRunMethod) == null) {
      synchronized (RunServiceGrpc.class) {
        if ((getCancelRunMethod = RunServiceGrpc.getCancelRunMethod) == null) {
          RunServiceGrpc.getCancelRunMethod = getCancelRunMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CancelRunRequest, io.tradewind.v1.CancelRunResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelRun"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CancelRunRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CancelRunResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RunServiceMethodDescriptorSupplier("CancelRun"))
              .build();
        }
      }
    }
    return getCancelRunMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteRunRequest,
      io.tradewind.v1.DeleteRunResponse> getDeleteRunMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteRun",
      requestType = io.tradewind.v1.DeleteRunRequest.class,
      responseType = io.tradewind.v1.DeleteRunResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteRunRequest,
      io.tradewind.v1.DeleteRunResponse> getDeleteRunMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteRunRequest, io.tradewind.v1.DeleteRunResponse> getDeleteRunMethod;
    if ((getDeleteRunMethod = RunServiceGrpc.getDeleteRunMethod) == null) {
      synchronized (RunServiceGrpc.class) {
        if ((getDeleteRunMethod = RunServiceGrpc.getDeleteRunMethod) == null) {
          RunServiceGrpc.getDeleteRunMethod = getDeleteRunMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteRunRequest, io.tradewind.v1.DeleteRunResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteRun"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteRunRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteRunResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RunServiceMethodDescriptorSupplier("DeleteRun"))
              .build();
        }
      }
    }
    return getDeleteRunMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static RunServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RunServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RunServiceStub>() {
        @java.lang.Override
        public RunServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RunServiceStub(channel, callOptions);
        }
      };
    return RunServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static RunServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RunServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RunServiceBlockingStub>() {
        @java.lang.Override
        public RunServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RunServiceBlockingStub(channel, callOptions);
        }
      };
    return RunServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static RunServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RunServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RunServiceFutureStub>() {
        @java.lang.Override
        public RunServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RunServiceFutureStub(channel, callOptions);
        }
      };
    return RunServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Starts predictions in the background, and looks at, follows, stops and deletes those that are stored. The id of a run opens
   * nothing: reading, following and stopping one needs the key of its chatflow, or for a chatflow without a key the caller that
   * started it (for callers without a key: the same address). Any other run looks like none.
   * </pre>
   */
  public static abstract class RunServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Starts a prediction that goes on without its caller. What is refused is refused before the run exists. The metadata key
     * `idempotency-key` (1 to 255 printable characters) makes a repeated call answer the run that the first one started.
     * </pre>
     */
    public void startRun(io.tradewind.v1.StartRunRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StartRunResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStartRunMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one run.
     * </pre>
     */
    public void getRun(io.tradewind.v1.GetRunRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetRunResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetRunMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the runs that the caller may read, newest first, a page at a time.
     * </pre>
     */
    public void listRuns(io.tradewind.v1.ListRunsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListRunsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRunsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Follows the events of a run from any event on, whether it is going on or has ended.
     * </pre>
     */
    public void streamRunEvents(io.tradewind.v1.StreamRunEventsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamRunEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStreamRunEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops a run. What was said so far is stored. One that has ended stays as it is.
     * </pre>
     */
    public void cancelRun(io.tradewind.v1.CancelRunRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CancelRunResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelRunMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a run that has ended, with its events. Its chat messages stay. One that has not ended: ABORTED.
     * </pre>
     */
    public void deleteRun(io.tradewind.v1.DeleteRunRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteRunResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteRunMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getStartRunMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.StartRunRequest,
                io.tradewind.v1.StartRunResponse>(
                  this, METHODID_START_RUN)))
          .addMethod(
            getGetRunMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetRunRequest,
                io.tradewind.v1.GetRunResponse>(
                  this, METHODID_GET_RUN)))
          .addMethod(
            getListRunsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListRunsRequest,
                io.tradewind.v1.ListRunsResponse>(
                  this, METHODID_LIST_RUNS)))
          .addMethod(
            getStreamRunEventsMethod(),
            io.grpc.stub.ServerCalls.asyncServerStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.StreamRunEventsRequest,
                io.tradewind.v1.StreamRunEventsResponse>(
                  this, METHODID_STREAM_RUN_EVENTS)))
          .addMethod(
            getCancelRunMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CancelRunRequest,
                io.tradewind.v1.CancelRunResponse>(
                  this, METHODID_CANCEL_RUN)))
          .addMethod(
            getDeleteRunMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteRunRequest,
                io.tradewind.v1.DeleteRunResponse>(
                  this, METHODID_DELETE_RUN)))
          .build();
    }
  }

  /**
   * <pre>
   * Starts predictions in the background, and looks at, follows, stops and deletes those that are stored. The id of a run opens
   * nothing: reading, following and stopping one needs the key of its chatflow, or for a chatflow without a key the caller that
   * started it (for callers without a key: the same address). Any other run looks like none.
   * </pre>
   */
  public static final class RunServiceStub extends io.grpc.stub.AbstractAsyncStub<RunServiceStub> {
    private RunServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RunServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RunServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts a prediction that goes on without its caller. What is refused is refused before the run exists. The metadata key
     * `idempotency-key` (1 to 255 printable characters) makes a repeated call answer the run that the first one started.
     * </pre>
     */
    public void startRun(io.tradewind.v1.StartRunRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StartRunResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getStartRunMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one run.
     * </pre>
     */
    public void getRun(io.tradewind.v1.GetRunRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetRunResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetRunMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the runs that the caller may read, newest first, a page at a time.
     * </pre>
     */
    public void listRuns(io.tradewind.v1.ListRunsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListRunsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRunsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Follows the events of a run from any event on, whether it is going on or has ended.
     * </pre>
     */
    public void streamRunEvents(io.tradewind.v1.StreamRunEventsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamRunEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getStreamRunEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops a run. What was said so far is stored. One that has ended stays as it is.
     * </pre>
     */
    public void cancelRun(io.tradewind.v1.CancelRunRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CancelRunResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelRunMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a run that has ended, with its events. Its chat messages stay. One that has not ended: ABORTED.
     * </pre>
     */
    public void deleteRun(io.tradewind.v1.DeleteRunRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteRunResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteRunMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Starts predictions in the background, and looks at, follows, stops and deletes those that are stored. The id of a run opens
   * nothing: reading, following and stopping one needs the key of its chatflow, or for a chatflow without a key the caller that
   * started it (for callers without a key: the same address). Any other run looks like none.
   * </pre>
   */
  public static final class RunServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<RunServiceBlockingStub> {
    private RunServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RunServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RunServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts a prediction that goes on without its caller. What is refused is refused before the run exists. The metadata key
     * `idempotency-key` (1 to 255 printable characters) makes a repeated call answer the run that the first one started.
     * </pre>
     */
    public io.tradewind.v1.StartRunResponse startRun(io.tradewind.v1.StartRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getStartRunMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one run.
     * </pre>
     */
    public io.tradewind.v1.GetRunResponse getRun(io.tradewind.v1.GetRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetRunMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the runs that the caller may read, newest first, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListRunsResponse listRuns(io.tradewind.v1.ListRunsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRunsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Follows the events of a run from any event on, whether it is going on or has ended.
     * </pre>
     */
    public java.util.Iterator<io.tradewind.v1.StreamRunEventsResponse> streamRunEvents(
        io.tradewind.v1.StreamRunEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getStreamRunEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops a run. What was said so far is stored. One that has ended stays as it is.
     * </pre>
     */
    public io.tradewind.v1.CancelRunResponse cancelRun(io.tradewind.v1.CancelRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelRunMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a run that has ended, with its events. Its chat messages stay. One that has not ended: ABORTED.
     * </pre>
     */
    public io.tradewind.v1.DeleteRunResponse deleteRun(io.tradewind.v1.DeleteRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteRunMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Starts predictions in the background, and looks at, follows, stops and deletes those that are stored. The id of a run opens
   * nothing: reading, following and stopping one needs the key of its chatflow, or for a chatflow without a key the caller that
   * started it (for callers without a key: the same address). Any other run looks like none.
   * </pre>
   */
  public static final class RunServiceFutureStub extends io.grpc.stub.AbstractFutureStub<RunServiceFutureStub> {
    private RunServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RunServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RunServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts a prediction that goes on without its caller. What is refused is refused before the run exists. The metadata key
     * `idempotency-key` (1 to 255 printable characters) makes a repeated call answer the run that the first one started.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.StartRunResponse> startRun(
        io.tradewind.v1.StartRunRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getStartRunMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one run.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetRunResponse> getRun(
        io.tradewind.v1.GetRunRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetRunMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the runs that the caller may read, newest first, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListRunsResponse> listRuns(
        io.tradewind.v1.ListRunsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRunsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops a run. What was said so far is stored. One that has ended stays as it is.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CancelRunResponse> cancelRun(
        io.tradewind.v1.CancelRunRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelRunMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a run that has ended, with its events. Its chat messages stay. One that has not ended: ABORTED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteRunResponse> deleteRun(
        io.tradewind.v1.DeleteRunRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteRunMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_START_RUN = 0;
  private static final int METHODID_GET_RUN = 1;
  private static final int METHODID_LIST_RUNS = 2;
  private static final int METHODID_STREAM_RUN_EVENTS = 3;
  private static final int METHODID_CANCEL_RUN = 4;
  private static final int METHODID_DELETE_RUN = 5;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final RunServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(RunServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_START_RUN:
          serviceImpl.startRun((io.tradewind.v1.StartRunRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StartRunResponse>) responseObserver);
          break;
        case METHODID_GET_RUN:
          serviceImpl.getRun((io.tradewind.v1.GetRunRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetRunResponse>) responseObserver);
          break;
        case METHODID_LIST_RUNS:
          serviceImpl.listRuns((io.tradewind.v1.ListRunsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListRunsResponse>) responseObserver);
          break;
        case METHODID_STREAM_RUN_EVENTS:
          serviceImpl.streamRunEvents((io.tradewind.v1.StreamRunEventsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StreamRunEventsResponse>) responseObserver);
          break;
        case METHODID_CANCEL_RUN:
          serviceImpl.cancelRun((io.tradewind.v1.CancelRunRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CancelRunResponse>) responseObserver);
          break;
        case METHODID_DELETE_RUN:
          serviceImpl.deleteRun((io.tradewind.v1.DeleteRunRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteRunResponse>) responseObserver);
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

  private static abstract class RunServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    RunServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.RunOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("RunService");
    }
  }

  private static final class RunServiceFileDescriptorSupplier
      extends RunServiceBaseDescriptorSupplier {
    RunServiceFileDescriptorSupplier() {}
  }

  private static final class RunServiceMethodDescriptorSupplier
      extends RunServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    RunServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (RunServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new RunServiceFileDescriptorSupplier())
              .addMethod(getStartRunMethod())
              .addMethod(getGetRunMethod())
              .addMethod(getListRunsMethod())
              .addMethod(getStreamRunEventsMethod())
              .addMethod(getCancelRunMethod())
              .addMethod(getDeleteRunMethod())
              .build();
        }
      }
    }
    return result;
  }
}
