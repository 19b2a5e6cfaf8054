package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps assistants. An assistant is a description; questions are asked of the chatflow of the type ASSISTANT that
 * `chatflow_id` names, through `PredictionService`.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/assistant.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class AssistantServiceGrpc {

  private AssistantServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.AssistantService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CreateAssistantRequest,
      io.tradewind.v1.CreateAssistantResponse> getCreateAssistantMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateAssistant",
      requestType = io.tradewind.v1.CreateAssistantRequest.class,
      responseType = io.tradewind.v1.CreateAssistantResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CreateAssistantRequest,
      io.tradewind.v1.CreateAssistantResponse> getCreateAssistantMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CreateAssistantRequest, io.tradewind.v1.CreateAssistantResponse> getCreateAssistantMethod;
    if ((getCreateAssistantMethod = AssistantServiceGrpc.getCreateAssistantMethod) == null) {
      synchronized (AssistantServiceGrpc.class) {
        if ((getCreateAssistantMethod = AssistantServiceGrpc.getCreateAssistantMethod) == null) {
          AssistantServiceGrpc.getCreateAssistantMethod = getCreateAssistantMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CreateAssistantRequest, io.tradewind.v1.CreateAssistantResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateAssistant"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateAssistantRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateAssistantResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AssistantServiceMethodDescriptorSupplier("CreateAssistant"))
              .build();
        }
      }
    }
    return getCreateAssistantMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetAssistantRequest,
      io.tradewind.v1.GetAssistantResponse> getGetAssistantMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAssistant",
      requestType = io.tradewind.v1.GetAssistantRequest.class,
      responseType = io.tradewind.v1.GetAssistantResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetAssistantRequest,
      io.tradewind.v1.GetAssistantResponse> getGetAssistantMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetAssistantRequest, io.tradewind.v1.GetAssistantResponse> getGetAssistantMethod;
    if ((getGetAssistantMethod = AssistantServiceGrpc.getGetAssistantMethod) == null) {
      synchronized (AssistantServiceGrpc.class) {
        if ((getGetAssistantMethod = AssistantServiceGrpc.getGetAssistantMethod) == null) {
          AssistantServiceGrpc.getGetAssistantMethod = getGetAssistantMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetAssistantRequest, io.tradewind.v1.GetAssistantResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAssistant"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetAssistantRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetAssistantResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AssistantServiceMethodDescriptorSupplier("GetAssistant"))
              .build();
        }
      }
    }
    return getGetAssistantMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListAssistantsRequest,
      io.tradewind.v1.ListAssistantsResponse> getListAssistantsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAssistants",
      requestType = io.tradewind.v1.ListAssistantsRequest.class,
      responseType = io.tradewind.v1.ListAssistantsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListAssistantsRequest,
      io.tradewind.v1.ListAssistantsResponse> getListAssistantsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListAssistantsRequest, io.tradewind.v1.ListAssistantsResponse> getListAssistantsMethod;
    if ((getListAssistantsMethod = AssistantServiceGrpc.getListAssistantsMethod) == null) {
      synchronized (AssistantServiceGrpc.class) {
        if ((getListAssistantsMethod = AssistantServiceGrpc.getListAssistantsMethod) == null) {
          AssistantServiceGrpc.getListAssistantsMethod = getListAssistantsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListAssistantsRequest, io.tradewind.v1.ListAssistantsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAssistants"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListAssistantsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListAssistantsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AssistantServiceMethodDescriptorSupplier("ListAssistants"))
              .build();
        }
      }
    }
    return getListAssistantsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateAssistantRequest,
      io.tradewind.v1.UpdateAssistantResponse> getUpdateAssistantMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateAssistant",
      requestType = io.tradewind.v1.UpdateAssistantRequest.class,
      responseType = io.tradewind.v1.UpdateAssistantResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateAssistantRequest,
      io.tradewind.v1.UpdateAssistantResponse> getUpdateAssistantMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateAssistantRequest, io.tradewind.v1.UpdateAssistantResponse> getUpdateAssistantMethod;
    if ((getUpdateAssistantMethod = AssistantServiceGrpc.getUpdateAssistantMethod) == null) {
      synchronized (AssistantServiceGrpc.class) {
        if ((getUpdateAssistantMethod = AssistantServiceGrpc.getUpdateAssistantMethod) == null) {
          AssistantServiceGrpc.getUpdateAssistantMethod = getUpdateAssistantMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateAssistantRequest, io.tradewind.v1.UpdateAssistantResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateAssistant"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateAssistantRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateAssistantResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AssistantServiceMethodDescriptorSupplier("UpdateAssistant"))
              .build();
        }
      }
    }
    return getUpdateAssistantMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteAssistantRequest,
      io.tradewind.v1.DeleteAssistantResponse> getDeleteAssistantMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteAssistant",
      requestType = io.tradewind.v1.DeleteAssistantRequest.class,
      responseType = io.tradewind.v1.DeleteAssistantResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteAssistantRequest,
      io.tradewind.v1.DeleteAssistantResponse> getDeleteAssistantMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteAssistantRequest, io.tradewind.v1.DeleteAssistantResponse> getDeleteAssistantMethod;
    if ((getDeleteAssistantMethod = AssistantServiceGrpc.getDeleteAssistantMethod) == null) {
      synchronized (AssistantServiceGrpc.class) {
        if ((getDeleteAssistantMethod = AssistantServiceGrpc.getDeleteAssistantMethod) == null) {
          AssistantServiceGrpc.getDeleteAssistantMethod = getDeleteAssistantMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteAssistantRequest, io.tradewind.v1.DeleteAssistantResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteAssistant"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteAssistantRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteAssistantResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AssistantServiceMethodDescriptorSupplier("DeleteAssistant"))
              .build();
        }
      }
    }
    return getDeleteAssistantMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListAssistantComponentsRequest,
      io.tradewind.v1.ListAssistantComponentsResponse> getListAssistantComponentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAssistantComponents",
      requestType = io.tradewind.v1.ListAssistantComponentsRequest.class,
      responseType = io.tradewind.v1.ListAssistantComponentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListAssistantComponentsRequest,
      io.tradewind.v1.ListAssistantComponentsResponse> getListAssistantComponentsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListAssistantComponentsRequest, io.tradewind.v1.ListAssistantComponentsResponse> getListAssistantComponentsMethod;
    if ((getListAssistantComponentsMethod = AssistantServiceGrpc.getListAssistantComponentsMethod) == null) {
      synchronized (AssistantServiceGrpc.class) {
        if ((getListAssistantComponentsMethod = AssistantServiceGrpc.getListAssistantComponentsMethod) == null) {
          AssistantServiceGrpc.getListAssistantComponentsMethod = getListAssistantComponentsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListAssistantComponentsRequest, io.tradewind.v1.ListAssistantComponentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAssistantComponents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListAssistantComponentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListAssistantComponentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AssistantServiceMethodDescriptorSupplier("ListAssistantComponents"))
              .build();
        }
      }
    }
    return getListAssistantComponentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GenerateAssistantInstructionRequest,
      io.tradewind.v1.GenerateAssistantInstructionResponse> getGenerateAssistantInstructionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GenerateAssistantInstruction",
      requestType = io.tradewind.v1.GenerateAssistantInstructionRequest.class,
      responseType = io.tradewind.v1.GenerateAssistantInstructionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GenerateAssistantInstructionRequest,
      io.tradewind.v1.GenerateAssistantInstructionResponse> getGenerateAssistantInstructionMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GenerateAssistantInstructionRequest, io.tradewind.v1.GenerateAssistantInstructionResponse> getGenerateAssistantInstructionMethod;
    if ((getGenerateAssistantInstructionMethod = AssistantServiceGrpc.getGenerateAssistantInstructionMethod) == null) {
      synchronized (AssistantServiceGrpc.class) {
        if ((getGenerateAssistantInstructionMethod = AssistantServiceGrpc.getGenerateAssistantInstructionMethod) == null) {
          AssistantServiceGrpc.getGenerateAssistantInstructionMethod = getGenerateAssistantInstructionMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GenerateAssistantInstructionRequest, io.tradewind.v1.GenerateAssistantInstructionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GenerateAssistantInstruction"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GenerateAssistantInstructionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GenerateAssistantInstructionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AssistantServiceMethodDescriptorSupplier("GenerateAssistantInstruction"))
              .build();
        }
      }
    }
    return getGenerateAssistantInstructionMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AssistantServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AssistantServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AssistantServiceStub>() {
        @java.lang.Override
        public AssistantServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AssistantServiceStub(channel, callOptions);
        }
      };
    return AssistantServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AssistantServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AssistantServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AssistantServiceBlockingStub>() {
        @java.lang.Override
        public AssistantServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AssistantServiceBlockingStub(channel, callOptions);
        }
      };
    return AssistantServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AssistantServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AssistantServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AssistantServiceFutureStub>() {
        @java.lang.Override
        public AssistantServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AssistantServiceFutureStub(channel, callOptions);
        }
      };
    return AssistantServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps assistants. An assistant is a description; questions are asked of the chatflow of the type ASSISTANT that
   * `chatflow_id` names, through `PredictionService`.
   * </pre>
   */
  public static abstract class AssistantServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Stores a new assistant.
     * </pre>
     */
    public void createAssistant(io.tradewind.v1.CreateAssistantRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateAssistantResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateAssistantMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one assistant.
     * </pre>
     */
    public void getAssistant(io.tradewind.v1.GetAssistantRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetAssistantResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAssistantMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists assistants, newest change first, a page at a time.
     * </pre>
     */
    public void listAssistants(io.tradewind.v1.ListAssistantsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListAssistantsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAssistantsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that are set and leaves the others alone.
     * </pre>
     */
    public void updateAssistant(io.tradewind.v1.UpdateAssistantRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateAssistantResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateAssistantMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes an assistant. One that is not there is no error. Its chatflow stays.
     * </pre>
     */
    public void deleteAssistant(io.tradewind.v1.DeleteAssistantRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteAssistantResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteAssistantMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists what an assistant can be made of here.
     * </pre>
     */
    public void listAssistantComponents(io.tradewind.v1.ListAssistantComponentsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListAssistantComponentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAssistantComponentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Has a chat model write the instruction of an assistant.
     * </pre>
     */
    public void generateAssistantInstruction(io.tradewind.v1.GenerateAssistantInstructionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GenerateAssistantInstructionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGenerateAssistantInstructionMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getCreateAssistantMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CreateAssistantRequest,
                io.tradewind.v1.CreateAssistantResponse>(
                  this, METHODID_CREATE_ASSISTANT)))
          .addMethod(
            getGetAssistantMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetAssistantRequest,
                io.tradewind.v1.GetAssistantResponse>(
                  this, METHODID_GET_ASSISTANT)))
          .addMethod(
            getListAssistantsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListAssistantsRequest,
                io.tradewind.v1.ListAssistantsResponse>(
                  this, METHODID_LIST_ASSISTANTS)))
          .addMethod(
            getUpdateAssistantMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateAssistantRequest,
                io.tradewind.v1.UpdateAssistantResponse>(
                  this, METHODID_UPDATE_ASSISTANT)))
          .addMethod(
            getDeleteAssistantMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteAssistantRequest,
                io.tradewind.v1.DeleteAssistantResponse>(
                  this, METHODID_DELETE_ASSISTANT)))
          .addMethod(
            getListAssistantComponentsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListAssistantComponentsRequest,
                io.tradewind.v1.ListAssistantComponentsResponse>(
                  this, METHODID_LIST_ASSISTANT_COMPONENTS)))
          .addMethod(
            getGenerateAssistantInstructionMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GenerateAssistantInstructionRequest,
                io.tradewind.v1.GenerateAssistantInstructionResponse>(
                  this, METHODID_GENERATE_ASSISTANT_INSTRUCTION)))
          .build();
    }
  }

  /**
   * <pre>
   * Keeps assistants. An assistant is a description; questions are asked of the chatflow of the type ASSISTANT that
   * `chatflow_id` names, through `PredictionService`.
   * </pre>
   */
  public static final class AssistantServiceStub extends io.grpc.stub.AbstractAsyncStub<AssistantServiceStub> {
    private AssistantServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AssistantServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AssistantServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new assistant.
     * </pre>
     */
    public void createAssistant(io.tradewind.v1.CreateAssistantRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateAssistantResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateAssistantMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one assistant.
     * </pre>
     */
    public void getAssistant(io.tradewind.v1.GetAssistantRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetAssistantResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAssistantMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists assistants, newest change first, a page at a time.
     * </pre>
     */
    public void listAssistants(io.tradewind.v1.ListAssistantsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListAssistantsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAssistantsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that are set and leaves the others alone.
     * </pre>
     */
    public void updateAssistant(io.tradewind.v1.UpdateAssistantRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateAssistantResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateAssistantMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes an assistant. One that is not there is no error. Its chatflow stays.
     * </pre>
     */
    public void deleteAssistant(io.tradewind.v1.DeleteAssistantRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteAssistantResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteAssistantMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists what an assistant can be made of here.
     * </pre>
     */
    public void listAssistantComponents(io.tradewind.v1.ListAssistantComponentsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListAssistantComponentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAssistantComponentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Has a chat model write the instruction of an assistant.
     * </pre>
     */
    public void generateAssistantInstruction(io.tradewind.v1.GenerateAssistantInstructionRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GenerateAssistantInstructionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGenerateAssistantInstructionMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Keeps assistants. An assistant is a description; questions are asked of the chatflow of the type ASSISTANT that
   * `chatflow_id` names, through `PredictionService`.
   * </pre>
   */
  public static final class AssistantServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<AssistantServiceBlockingStub> {
    private AssistantServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AssistantServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AssistantServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new assistant.
     * </pre>
     */
    public io.tradewind.v1.CreateAssistantResponse createAssistant(io.tradewind.v1.CreateAssistantRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateAssistantMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one assistant.
     * </pre>
     */
    public io.tradewind.v1.GetAssistantResponse getAssistant(io.tradewind.v1.GetAssistantRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAssistantMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists assistants, newest change first, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListAssistantsResponse listAssistants(io.tradewind.v1.ListAssistantsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAssistantsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields that are set and leaves the others alone.
     * </pre>
     */
    public io.tradewind.v1.UpdateAssistantResponse updateAssistant(io.tradewind.v1.UpdateAssistantRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateAssistantMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes an assistant. One that is not there is no error. Its chatflow stays.
     * </pre>
     */
    public io.tradewind.v1.DeleteAssistantResponse deleteAssistant(io.tradewind.v1.DeleteAssistantRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteAssistantMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists what an assistant can be made of here.
     * </pre>
     */
    public io.tradewind.v1.ListAssistantComponentsResponse listAssistantComponents(io.tradewind.v1.ListAssistantComponentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAssistantComponentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Has a chat model write the instruction of an assistant.
     * </pre>
     */
    public io.tradewind.v1.GenerateAssistantInstructionResponse generateAssistantInstruction(io.tradewind.v1.GenerateAssistantInstructionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGenerateAssistantInstructionMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Keeps assistants. An assistant is a description; questions are asked of the chatflow of the type ASSISTANT that
   * `chatflow_id` names, through `PredictionService`.
   * </pre>
   */
  public static final class AssistantServiceFutureStub extends io.grpc.stub.AbstractFutureStub<AssistantServiceFutureStub> {
    private AssistantServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AssistantServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AssistantServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new assistant.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CreateAssistantResponse> createAssistant(
        io.tradewind.v1.CreateAssistantRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateAssistantMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one assistant.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetAssistantResponse> getAssistant(
        io.tradewind.v1.GetAssistantRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAssistantMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists assistants, newest change first, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListAssistantsResponse> listAssistants(
        io.tradewind.v1.ListAssistantsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAssistantsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the fields that are set and leaves the others alone.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateAssistantResponse> updateAssistant(
        io.tradewind.v1.UpdateAssistantRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateAssistantMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes an assistant. One that is not there is no error. Its chatflow stays.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteAssistantResponse> deleteAssistant(
        io.tradewind.v1.DeleteAssistantRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteAssistantMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists what an assistant can be made of here.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListAssistantComponentsResponse> listAssistantComponents(
        io.tradewind.v1.ListAssistantComponentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAssistantComponentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Has a chat model write the instruction of an assistant.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GenerateAssistantInstructionResponse> generateAssistantInstruction(
        io.tradewind.v1.GenerateAssistantInstructionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGenerateAssistantInstructionMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_ASSISTANT = 0;
  private static final int METHODID_GET_ASSISTANT = 1;
  private static final int METHODID_LIST_ASSISTANTS = 2;
  private static final int METHODID_UPDATE_ASSISTANT = 3;
  private static final int METHODID_DELETE_ASSISTANT = 4;
  private static final int METHODID_LIST_ASSISTANT_COMPONENTS = 5;
  private static final int METHODID_GENERATE_ASSISTANT_INSTRUCTION = 6;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AssistantServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(AssistantServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_ASSISTANT:
          serviceImpl.createAssistant((io.tradewind.v1.CreateAssistantRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CreateAssistantResponse>) responseObserver);
          break;
        case METHODID_GET_ASSISTANT:
          serviceImpl.getAssistant((io.tradewind.v1.GetAssistantRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetAssistantResponse>) responseObserver);
          break;
        case METHODID_LIST_ASSISTANTS:
          serviceImpl.listAssistants((io.tradewind.v1.ListAssistantsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListAssistantsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_ASSISTANT:
          serviceImpl.updateAssistant((io.tradewind.v1.UpdateAssistantRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateAssistantResponse>) responseObserver);
          break;
        case METHODID_DELETE_ASSISTANT:
          serviceImpl.deleteAssistant((io.tradewind.v1.DeleteAssistantRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteAssistantResponse>) responseObserver);
          break;
        case METHODID_LIST_ASSISTANT_COMPONENTS:
          serviceImpl.listAssistantComponents((io.tradewind.v1.ListAssistantComponentsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListAssistantComponentsResponse>) responseObserver);
          break;
        case METHODID_GENERATE_ASSISTANT_INSTRUCTION:
          serviceImpl.generateAssistantInstruction((io.tradewind.v1.GenerateAssistantInstructionRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GenerateAssistantInstructionResponse>) responseObserver);
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

  private static abstract class AssistantServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AssistantServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.AssistantOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AssistantService");
    }
  }

  private static final class AssistantServiceFileDescriptorSupplier
      extends AssistantServiceBaseDescriptorSupplier {
    AssistantServiceFileDescriptorSupplier() {}
  }

  private static final class AssistantServiceMethodDescriptorSupplier
      extends AssistantServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    AssistantServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (AssistantServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AssistantServiceFileDescriptorSupplier())
              .addMethod(getCreateAssistantMethod())
              .addMethod(getGetAssistantMethod())
              .addMethod(getListAssistantsMethod())
              .addMethod(getUpdateAssistantMethod())
              .addMethod(getDeleteAssistantMethod())
              .addMethod(getListAssistantComponentsMethod())
              .addMethod(getGenerateAssistantInstructionMethod())
              .build();
        }
      }
    }
    return result;
  }
}
