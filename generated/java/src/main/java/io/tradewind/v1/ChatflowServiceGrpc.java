package io.tradewind.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps chatflows.
 * </pre>
 */
@javax.annotation.Generated(
    value = "by gRPC proto compiler",
    comments = "Source: tradewind/v1/chatflow.proto")
@io.grpc.stub.annotations.GrpcGenerated
public final class ChatflowServiceGrpc {

  private ChatflowServiceGrpc() {}

  public static final String SERVICE_NAME = "tradewind.v1.ChatflowService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CreateChatflowRequest,
      io.tradewind.v1.CreateChatflowResponse> getCreateChatflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateChatflow",
      requestType = io.tradewind.v1.CreateChatflowRequest.class,
      responseType = io.tradewind.v1.CreateChatflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CreateChatflowRequest,
      io.tradewind.v1.CreateChatflowResponse> getCreateChatflowMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CreateChatflowRequest, io.tradewind.v1.CreateChatflowResponse> getCreateChatflowMethod;
    if ((getCreateChatflowMethod = ChatflowServiceGrpc.getCreateChatflowMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getCreateChatflowMethod = ChatflowServiceGrpc.getCreateChatflowMethod) == null) {
          ChatflowServiceGrpc.getCreateChatflowMethod = getCreateChatflowMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CreateChatflowRequest, io.tradewind.v1.CreateChatflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateChatflow"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateChatflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CreateChatflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("CreateChatflow"))
              .build();
        }
      }
    }
    return getCreateChatflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetChatflowRequest,
      io.tradewind.v1.GetChatflowResponse> getGetChatflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetChatflow",
      requestType = io.tradewind.v1.GetChatflowRequest.class,
      responseType = io.tradewind.v1.GetChatflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetChatflowRequest,
      io.tradewind.v1.GetChatflowResponse> getGetChatflowMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetChatflowRequest, io.tradewind.v1.GetChatflowResponse> getGetChatflowMethod;
    if ((getGetChatflowMethod = ChatflowServiceGrpc.getGetChatflowMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getGetChatflowMethod = ChatflowServiceGrpc.getGetChatflowMethod) == null) {
          ChatflowServiceGrpc.getGetChatflowMethod = getGetChatflowMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetChatflowRequest, io.tradewind.v1.GetChatflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetChatflow"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetChatflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetChatflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("GetChatflow"))
              .build();
        }
      }
    }
    return getGetChatflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowsRequest,
      io.tradewind.v1.ListChatflowsResponse> getListChatflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListChatflows",
      requestType = io.tradewind.v1.ListChatflowsRequest.class,
      responseType = io.tradewind.v1.ListChatflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowsRequest,
      io.tradewind.v1.ListChatflowsResponse> getListChatflowsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowsRequest, io.tradewind.v1.ListChatflowsResponse> getListChatflowsMethod;
    if ((getListChatflowsMethod = ChatflowServiceGrpc.getListChatflowsMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getListChatflowsMethod = ChatflowServiceGrpc.getListChatflowsMethod) == null) {
          ChatflowServiceGrpc.getListChatflowsMethod = getListChatflowsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListChatflowsRequest, io.tradewind.v1.ListChatflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListChatflows"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("ListChatflows"))
              .build();
        }
      }
    }
    return getListChatflowsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateChatflowRequest,
      io.tradewind.v1.UpdateChatflowResponse> getUpdateChatflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateChatflow",
      requestType = io.tradewind.v1.UpdateChatflowRequest.class,
      responseType = io.tradewind.v1.UpdateChatflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateChatflowRequest,
      io.tradewind.v1.UpdateChatflowResponse> getUpdateChatflowMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateChatflowRequest, io.tradewind.v1.UpdateChatflowResponse> getUpdateChatflowMethod;
    if ((getUpdateChatflowMethod = ChatflowServiceGrpc.getUpdateChatflowMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getUpdateChatflowMethod = ChatflowServiceGrpc.getUpdateChatflowMethod) == null) {
          ChatflowServiceGrpc.getUpdateChatflowMethod = getUpdateChatflowMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateChatflowRequest, io.tradewind.v1.UpdateChatflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateChatflow"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateChatflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateChatflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("UpdateChatflow"))
              .build();
        }
      }
    }
    return getUpdateChatflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChatflowRequest,
      io.tradewind.v1.DeleteChatflowResponse> getDeleteChatflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteChatflow",
      requestType = io.tradewind.v1.DeleteChatflowRequest.class,
      responseType = io.tradewind.v1.DeleteChatflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChatflowRequest,
      io.tradewind.v1.DeleteChatflowResponse> getDeleteChatflowMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChatflowRequest, io.tradewind.v1.DeleteChatflowResponse> getDeleteChatflowMethod;
    if ((getDeleteChatflowMethod = ChatflowServiceGrpc.getDeleteChatflowMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getDeleteChatflowMethod = ChatflowServiceGrpc.getDeleteChatflowMethod) == null) {
          ChatflowServiceGrpc.getDeleteChatflowMethod = getDeleteChatflowMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteChatflowRequest, io.tradewind.v1.DeleteChatflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteChatflow"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteChatflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteChatflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("DeleteChatflow"))
              .build();
        }
      }
    }
    return getDeleteChatflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ImportChatflowsRequest,
      io.tradewind.v1.ImportChatflowsResponse> getImportChatflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ImportChatflows",
      requestType = io.tradewind.v1.ImportChatflowsRequest.class,
      responseType = io.tradewind.v1.ImportChatflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ImportChatflowsRequest,
      io.tradewind.v1.ImportChatflowsResponse> getImportChatflowsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ImportChatflowsRequest, io.tradewind.v1.ImportChatflowsResponse> getImportChatflowsMethod;
    if ((getImportChatflowsMethod = ChatflowServiceGrpc.getImportChatflowsMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getImportChatflowsMethod = ChatflowServiceGrpc.getImportChatflowsMethod) == null) {
          ChatflowServiceGrpc.getImportChatflowsMethod = getImportChatflowsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ImportChatflowsRequest, io.tradewind.v1.ImportChatflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ImportChatflows"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ImportChatflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ImportChatflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("ImportChatflows"))
              .build();
        }
      }
    }
    return getImportChatflowsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ExportChatflowsRequest,
      io.tradewind.v1.ExportChatflowsResponse> getExportChatflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExportChatflows",
      requestType = io.tradewind.v1.ExportChatflowsRequest.class,
      responseType = io.tradewind.v1.ExportChatflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ExportChatflowsRequest,
      io.tradewind.v1.ExportChatflowsResponse> getExportChatflowsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ExportChatflowsRequest, io.tradewind.v1.ExportChatflowsResponse> getExportChatflowsMethod;
    if ((getExportChatflowsMethod = ChatflowServiceGrpc.getExportChatflowsMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getExportChatflowsMethod = ChatflowServiceGrpc.getExportChatflowsMethod) == null) {
          ChatflowServiceGrpc.getExportChatflowsMethod = getExportChatflowsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ExportChatflowsRequest, io.tradewind.v1.ExportChatflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExportChatflows"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ExportChatflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ExportChatflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("ExportChatflows"))
              .build();
        }
      }
    }
    return getExportChatflowsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.CheckChatflowRequest,
      io.tradewind.v1.CheckChatflowResponse> getCheckChatflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CheckChatflow",
      requestType = io.tradewind.v1.CheckChatflowRequest.class,
      responseType = io.tradewind.v1.CheckChatflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.CheckChatflowRequest,
      io.tradewind.v1.CheckChatflowResponse> getCheckChatflowMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.CheckChatflowRequest, io.tradewind.v1.CheckChatflowResponse> getCheckChatflowMethod;
    if ((getCheckChatflowMethod = ChatflowServiceGrpc.getCheckChatflowMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getCheckChatflowMethod = ChatflowServiceGrpc.getCheckChatflowMethod) == null) {
          ChatflowServiceGrpc.getCheckChatflowMethod = getCheckChatflowMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.CheckChatflowRequest, io.tradewind.v1.CheckChatflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CheckChatflow"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CheckChatflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.CheckChatflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("CheckChatflow"))
              .build();
        }
      }
    }
    return getCheckChatflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowInputsRequest,
      io.tradewind.v1.ListChatflowInputsResponse> getListChatflowInputsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListChatflowInputs",
      requestType = io.tradewind.v1.ListChatflowInputsRequest.class,
      responseType = io.tradewind.v1.ListChatflowInputsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowInputsRequest,
      io.tradewind.v1.ListChatflowInputsResponse> getListChatflowInputsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowInputsRequest, io.tradewind.v1.ListChatflowInputsResponse> getListChatflowInputsMethod;
    if ((getListChatflowInputsMethod = ChatflowServiceGrpc.getListChatflowInputsMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getListChatflowInputsMethod = ChatflowServiceGrpc.getListChatflowInputsMethod) == null) {
          ChatflowServiceGrpc.getListChatflowInputsMethod = getListChatflowInputsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListChatflowInputsRequest, io.tradewind.v1.ListChatflowInputsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListChatflowInputs"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatflowInputsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatflowInputsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("ListChatflowInputs"))
              .build();
        }
      }
    }
    return getListChatflowInputsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.HasChatflowChangedRequest,
      io.tradewind.v1.HasChatflowChangedResponse> getHasChatflowChangedMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "HasChatflowChanged",
      requestType = io.tradewind.v1.HasChatflowChangedRequest.class,
      responseType = io.tradewind.v1.HasChatflowChangedResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.HasChatflowChangedRequest,
      io.tradewind.v1.HasChatflowChangedResponse> getHasChatflowChangedMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.HasChatflowChangedRequest, io.tradewind.v1.HasChatflowChangedResponse> getHasChatflowChangedMethod;
    if ((getHasChatflowChangedMethod = ChatflowServiceGrpc.getHasChatflowChangedMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getHasChatflowChangedMethod = ChatflowServiceGrpc.getHasChatflowChangedMethod) == null) {
          ChatflowServiceGrpc.getHasChatflowChangedMethod = getHasChatflowChangedMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.HasChatflowChangedRequest, io.tradewind.v1.HasChatflowChangedResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "HasChatflowChanged"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.HasChatflowChangedRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.HasChatflowChangedResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("HasChatflowChanged"))
              .build();
        }
      }
    }
    return getHasChatflowChangedMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetPublicChatflowRequest,
      io.tradewind.v1.GetPublicChatflowResponse> getGetPublicChatflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetPublicChatflow",
      requestType = io.tradewind.v1.GetPublicChatflowRequest.class,
      responseType = io.tradewind.v1.GetPublicChatflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetPublicChatflowRequest,
      io.tradewind.v1.GetPublicChatflowResponse> getGetPublicChatflowMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetPublicChatflowRequest, io.tradewind.v1.GetPublicChatflowResponse> getGetPublicChatflowMethod;
    if ((getGetPublicChatflowMethod = ChatflowServiceGrpc.getGetPublicChatflowMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getGetPublicChatflowMethod = ChatflowServiceGrpc.getGetPublicChatflowMethod) == null) {
          ChatflowServiceGrpc.getGetPublicChatflowMethod = getGetPublicChatflowMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetPublicChatflowRequest, io.tradewind.v1.GetPublicChatflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetPublicChatflow"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetPublicChatflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetPublicChatflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("GetPublicChatflow"))
              .build();
        }
      }
    }
    return getGetPublicChatflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowsOfKeyRequest,
      io.tradewind.v1.ListChatflowsOfKeyResponse> getListChatflowsOfKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListChatflowsOfKey",
      requestType = io.tradewind.v1.ListChatflowsOfKeyRequest.class,
      responseType = io.tradewind.v1.ListChatflowsOfKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowsOfKeyRequest,
      io.tradewind.v1.ListChatflowsOfKeyResponse> getListChatflowsOfKeyMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListChatflowsOfKeyRequest, io.tradewind.v1.ListChatflowsOfKeyResponse> getListChatflowsOfKeyMethod;
    if ((getListChatflowsOfKeyMethod = ChatflowServiceGrpc.getListChatflowsOfKeyMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getListChatflowsOfKeyMethod = ChatflowServiceGrpc.getListChatflowsOfKeyMethod) == null) {
          ChatflowServiceGrpc.getListChatflowsOfKeyMethod = getListChatflowsOfKeyMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListChatflowsOfKeyRequest, io.tradewind.v1.ListChatflowsOfKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListChatflowsOfKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatflowsOfKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChatflowsOfKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("ListChatflowsOfKey"))
              .build();
        }
      }
    }
    return getListChatflowsOfKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.GetChatflowStreamingRequest,
      io.tradewind.v1.GetChatflowStreamingResponse> getGetChatflowStreamingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetChatflowStreaming",
      requestType = io.tradewind.v1.GetChatflowStreamingRequest.class,
      responseType = io.tradewind.v1.GetChatflowStreamingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.GetChatflowStreamingRequest,
      io.tradewind.v1.GetChatflowStreamingResponse> getGetChatflowStreamingMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.GetChatflowStreamingRequest, io.tradewind.v1.GetChatflowStreamingResponse> getGetChatflowStreamingMethod;
    if ((getGetChatflowStreamingMethod = ChatflowServiceGrpc.getGetChatflowStreamingMethod) == null) {
      synchronized (ChatflowServiceGrpc.class) {
        if ((getGetChatflowStreamingMethod = ChatflowServiceGrpc.getGetChatflowStreamingMethod) == null) {
          ChatflowServiceGrpc.getGetChatflowStreamingMethod = getGetChatflowStreamingMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.GetChatflowStreamingRequest, io.tradewind.v1.GetChatflowStreamingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetChatflowStreaming"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetChatflowStreamingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.GetChatflowStreamingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ChatflowServiceMethodDescriptorSupplier("GetChatflowStreaming"))
              .build();
        }
      }
    }
    return getGetChatflowStreamingMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ChatflowServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatflowServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatflowServiceStub>() {
        @java.lang.Override
        public ChatflowServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatflowServiceStub(channel, callOptions);
        }
      };
    return ChatflowServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ChatflowServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatflowServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatflowServiceBlockingStub>() {
        @java.lang.Override
        public ChatflowServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatflowServiceBlockingStub(channel, callOptions);
        }
      };
    return ChatflowServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ChatflowServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ChatflowServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ChatflowServiceFutureStub>() {
        @java.lang.Override
        public ChatflowServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ChatflowServiceFutureStub(channel, callOptions);
        }
      };
    return ChatflowServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps chatflows.
   * </pre>
   */
  public static abstract class ChatflowServiceImplBase implements io.grpc.BindableService {

    /**
     * <pre>
     * Stores a new chatflow.
     * </pre>
     */
    public void createChatflow(io.tradewind.v1.CreateChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateChatflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateChatflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one chatflow.
     * </pre>
     */
    public void getChatflow(io.tradewind.v1.GetChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetChatflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetChatflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists chatflows, newest change first, a page at a time.
     * </pre>
     */
    public void listChatflows(io.tradewind.v1.ListChatflowsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListChatflowsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public void updateChatflow(io.tradewind.v1.UpdateChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateChatflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateChatflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a chatflow with its messages, upsert history and files, and the vector stores that it alone uses and that no
     * node names. A collection that a node names stays.
     * </pre>
     */
    public void deleteChatflow(io.tradewind.v1.DeleteChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChatflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteChatflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stores the chatflows of an exported file: a single drawing, a stored chatflow, a list of them, or a whole export.
     * </pre>
     */
    public void importChatflows(io.tradewind.v1.ImportChatflowsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ImportChatflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getImportChatflowsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Yields chatflows as a file that `ImportChatflows` and Flowise read.
     * </pre>
     */
    public void exportChatflows(io.tradewind.v1.ExportChatflowsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ExportChatflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExportChatflowsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says why a chatflow will not run, if so: every node is built as a call would build it, and nothing is asked, fetched or
     * read.
     * </pre>
     */
    public void checkChatflow(io.tradewind.v1.CheckChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CheckChatflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCheckChatflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the inputs that the owner of a chatflow may open to `override_config`.
     * </pre>
     */
    public void listChatflowInputs(io.tradewind.v1.ListChatflowInputsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowInputsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListChatflowInputsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says whether a chatflow was saved since it was read.
     * </pre>
     */
    public void hasChatflowChanged(io.tradewind.v1.HasChatflowChangedRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.HasChatflowChangedResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getHasChatflowChangedMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a chatflow as its public page shows it: without credentials, keys and files, and nothing of how its owner runs it.
     * One that its owner does not share (`is_public`) needs a key of its workspace that may view chatflows.
     * </pre>
     */
    public void getPublicChatflow(io.tradewind.v1.GetPublicChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetPublicChatflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetPublicChatflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the chatflows that ask for the API key of the request, by name and without secrets. The key is the only credential.
     * </pre>
     */
    public void listChatflowsOfKey(io.tradewind.v1.ListChatflowsOfKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowsOfKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListChatflowsOfKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says whether a chatflow can stream its answer. Clients ask this before a prediction, without a key.
     * </pre>
     */
    public void getChatflowStreaming(io.tradewind.v1.GetChatflowStreamingRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetChatflowStreamingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetChatflowStreamingMethod(), responseObserver);
    }

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
          .addMethod(
            getCreateChatflowMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CreateChatflowRequest,
                io.tradewind.v1.CreateChatflowResponse>(
                  this, METHODID_CREATE_CHATFLOW)))
          .addMethod(
            getGetChatflowMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetChatflowRequest,
                io.tradewind.v1.GetChatflowResponse>(
                  this, METHODID_GET_CHATFLOW)))
          .addMethod(
            getListChatflowsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListChatflowsRequest,
                io.tradewind.v1.ListChatflowsResponse>(
                  this, METHODID_LIST_CHATFLOWS)))
          .addMethod(
            getUpdateChatflowMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateChatflowRequest,
                io.tradewind.v1.UpdateChatflowResponse>(
                  this, METHODID_UPDATE_CHATFLOW)))
          .addMethod(
            getDeleteChatflowMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteChatflowRequest,
                io.tradewind.v1.DeleteChatflowResponse>(
                  this, METHODID_DELETE_CHATFLOW)))
          .addMethod(
            getImportChatflowsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ImportChatflowsRequest,
                io.tradewind.v1.ImportChatflowsResponse>(
                  this, METHODID_IMPORT_CHATFLOWS)))
          .addMethod(
            getExportChatflowsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ExportChatflowsRequest,
                io.tradewind.v1.ExportChatflowsResponse>(
                  this, METHODID_EXPORT_CHATFLOWS)))
          .addMethod(
            getCheckChatflowMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.CheckChatflowRequest,
                io.tradewind.v1.CheckChatflowResponse>(
                  this, METHODID_CHECK_CHATFLOW)))
          .addMethod(
            getListChatflowInputsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListChatflowInputsRequest,
                io.tradewind.v1.ListChatflowInputsResponse>(
                  this, METHODID_LIST_CHATFLOW_INPUTS)))
          .addMethod(
            getHasChatflowChangedMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.HasChatflowChangedRequest,
                io.tradewind.v1.HasChatflowChangedResponse>(
                  this, METHODID_HAS_CHATFLOW_CHANGED)))
          .addMethod(
            getGetPublicChatflowMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetPublicChatflowRequest,
                io.tradewind.v1.GetPublicChatflowResponse>(
                  this, METHODID_GET_PUBLIC_CHATFLOW)))
          .addMethod(
            getListChatflowsOfKeyMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListChatflowsOfKeyRequest,
                io.tradewind.v1.ListChatflowsOfKeyResponse>(
                  this, METHODID_LIST_CHATFLOWS_OF_KEY)))
          .addMethod(
            getGetChatflowStreamingMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.GetChatflowStreamingRequest,
                io.tradewind.v1.GetChatflowStreamingResponse>(
                  this, METHODID_GET_CHATFLOW_STREAMING)))
          .build();
    }
  }

  /**
   * <pre>
   * Keeps chatflows.
   * </pre>
   */
  public static final class ChatflowServiceStub extends io.grpc.stub.AbstractAsyncStub<ChatflowServiceStub> {
    private ChatflowServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatflowServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatflowServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new chatflow.
     * </pre>
     */
    public void createChatflow(io.tradewind.v1.CreateChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CreateChatflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateChatflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one chatflow.
     * </pre>
     */
    public void getChatflow(io.tradewind.v1.GetChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetChatflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetChatflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists chatflows, newest change first, a page at a time.
     * </pre>
     */
    public void listChatflows(io.tradewind.v1.ListChatflowsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListChatflowsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public void updateChatflow(io.tradewind.v1.UpdateChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateChatflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateChatflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a chatflow with its messages, upsert history and files, and the vector stores that it alone uses and that no
     * node names. A collection that a node names stays.
     * </pre>
     */
    public void deleteChatflow(io.tradewind.v1.DeleteChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChatflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteChatflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stores the chatflows of an exported file: a single drawing, a stored chatflow, a list of them, or a whole export.
     * </pre>
     */
    public void importChatflows(io.tradewind.v1.ImportChatflowsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ImportChatflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getImportChatflowsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Yields chatflows as a file that `ImportChatflows` and Flowise read.
     * </pre>
     */
    public void exportChatflows(io.tradewind.v1.ExportChatflowsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ExportChatflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExportChatflowsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says why a chatflow will not run, if so: every node is built as a call would build it, and nothing is asked, fetched or
     * read.
     * </pre>
     */
    public void checkChatflow(io.tradewind.v1.CheckChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.CheckChatflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCheckChatflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the inputs that the owner of a chatflow may open to `override_config`.
     * </pre>
     */
    public void listChatflowInputs(io.tradewind.v1.ListChatflowInputsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowInputsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListChatflowInputsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says whether a chatflow was saved since it was read.
     * </pre>
     */
    public void hasChatflowChanged(io.tradewind.v1.HasChatflowChangedRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.HasChatflowChangedResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getHasChatflowChangedMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a chatflow as its public page shows it: without credentials, keys and files, and nothing of how its owner runs it.
     * One that its owner does not share (`is_public`) needs a key of its workspace that may view chatflows.
     * </pre>
     */
    public void getPublicChatflow(io.tradewind.v1.GetPublicChatflowRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetPublicChatflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetPublicChatflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the chatflows that ask for the API key of the request, by name and without secrets. The key is the only credential.
     * </pre>
     */
    public void listChatflowsOfKey(io.tradewind.v1.ListChatflowsOfKeyRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowsOfKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListChatflowsOfKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says whether a chatflow can stream its answer. Clients ask this before a prediction, without a key.
     * </pre>
     */
    public void getChatflowStreaming(io.tradewind.v1.GetChatflowStreamingRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.GetChatflowStreamingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetChatflowStreamingMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * <pre>
   * Keeps chatflows.
   * </pre>
   */
  public static final class ChatflowServiceBlockingStub extends io.grpc.stub.AbstractBlockingStub<ChatflowServiceBlockingStub> {
    private ChatflowServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatflowServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatflowServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new chatflow.
     * </pre>
     */
    public io.tradewind.v1.CreateChatflowResponse createChatflow(io.tradewind.v1.CreateChatflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateChatflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one chatflow.
     * </pre>
     */
    public io.tradewind.v1.GetChatflowResponse getChatflow(io.tradewind.v1.GetChatflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetChatflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists chatflows, newest change first, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListChatflowsResponse listChatflows(io.tradewind.v1.ListChatflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListChatflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public io.tradewind.v1.UpdateChatflowResponse updateChatflow(io.tradewind.v1.UpdateChatflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateChatflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a chatflow with its messages, upsert history and files, and the vector stores that it alone uses and that no
     * node names. A collection that a node names stays.
     * </pre>
     */
    public io.tradewind.v1.DeleteChatflowResponse deleteChatflow(io.tradewind.v1.DeleteChatflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteChatflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stores the chatflows of an exported file: a single drawing, a stored chatflow, a list of them, or a whole export.
     * </pre>
     */
    public io.tradewind.v1.ImportChatflowsResponse importChatflows(io.tradewind.v1.ImportChatflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getImportChatflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Yields chatflows as a file that `ImportChatflows` and Flowise read.
     * </pre>
     */
    public io.tradewind.v1.ExportChatflowsResponse exportChatflows(io.tradewind.v1.ExportChatflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExportChatflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says why a chatflow will not run, if so: every node is built as a call would build it, and nothing is asked, fetched or
     * read.
     * </pre>
     */
    public io.tradewind.v1.CheckChatflowResponse checkChatflow(io.tradewind.v1.CheckChatflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCheckChatflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the inputs that the owner of a chatflow may open to `override_config`.
     * </pre>
     */
    public io.tradewind.v1.ListChatflowInputsResponse listChatflowInputs(io.tradewind.v1.ListChatflowInputsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListChatflowInputsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says whether a chatflow was saved since it was read.
     * </pre>
     */
    public io.tradewind.v1.HasChatflowChangedResponse hasChatflowChanged(io.tradewind.v1.HasChatflowChangedRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getHasChatflowChangedMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a chatflow as its public page shows it: without credentials, keys and files, and nothing of how its owner runs it.
     * One that its owner does not share (`is_public`) needs a key of its workspace that may view chatflows.
     * </pre>
     */
    public io.tradewind.v1.GetPublicChatflowResponse getPublicChatflow(io.tradewind.v1.GetPublicChatflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetPublicChatflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the chatflows that ask for the API key of the request, by name and without secrets. The key is the only credential.
     * </pre>
     */
    public io.tradewind.v1.ListChatflowsOfKeyResponse listChatflowsOfKey(io.tradewind.v1.ListChatflowsOfKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListChatflowsOfKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says whether a chatflow can stream its answer. Clients ask this before a prediction, without a key.
     * </pre>
     */
    public io.tradewind.v1.GetChatflowStreamingResponse getChatflowStreaming(io.tradewind.v1.GetChatflowStreamingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetChatflowStreamingMethod(), getCallOptions(), request);
    }
  }

  /**
   * <pre>
   * Keeps chatflows.
   * </pre>
   */
  public static final class ChatflowServiceFutureStub extends io.grpc.stub.AbstractFutureStub<ChatflowServiceFutureStub> {
    private ChatflowServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ChatflowServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ChatflowServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Stores a new chatflow.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CreateChatflowResponse> createChatflow(
        io.tradewind.v1.CreateChatflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateChatflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one chatflow.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetChatflowResponse> getChatflow(
        io.tradewind.v1.GetChatflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetChatflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists chatflows, newest change first, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListChatflowsResponse> listChatflows(
        io.tradewind.v1.ListChatflowsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListChatflowsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the fields that the mask names and leaves the others alone.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateChatflowResponse> updateChatflow(
        io.tradewind.v1.UpdateChatflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateChatflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a chatflow with its messages, upsert history and files, and the vector stores that it alone uses and that no
     * node names. A collection that a node names stays.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteChatflowResponse> deleteChatflow(
        io.tradewind.v1.DeleteChatflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteChatflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stores the chatflows of an exported file: a single drawing, a stored chatflow, a list of them, or a whole export.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ImportChatflowsResponse> importChatflows(
        io.tradewind.v1.ImportChatflowsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getImportChatflowsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Yields chatflows as a file that `ImportChatflows` and Flowise read.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ExportChatflowsResponse> exportChatflows(
        io.tradewind.v1.ExportChatflowsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExportChatflowsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says why a chatflow will not run, if so: every node is built as a call would build it, and nothing is asked, fetched or
     * read.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.CheckChatflowResponse> checkChatflow(
        io.tradewind.v1.CheckChatflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCheckChatflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the inputs that the owner of a chatflow may open to `override_config`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListChatflowInputsResponse> listChatflowInputs(
        io.tradewind.v1.ListChatflowInputsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListChatflowInputsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says whether a chatflow was saved since it was read.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.HasChatflowChangedResponse> hasChatflowChanged(
        io.tradewind.v1.HasChatflowChangedRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getHasChatflowChangedMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a chatflow as its public page shows it: without credentials, keys and files, and nothing of how its owner runs it.
     * One that its owner does not share (`is_public`) needs a key of its workspace that may view chatflows.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetPublicChatflowResponse> getPublicChatflow(
        io.tradewind.v1.GetPublicChatflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetPublicChatflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the chatflows that ask for the API key of the request, by name and without secrets. The key is the only credential.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListChatflowsOfKeyResponse> listChatflowsOfKey(
        io.tradewind.v1.ListChatflowsOfKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListChatflowsOfKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says whether a chatflow can stream its answer. Clients ask this before a prediction, without a key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.GetChatflowStreamingResponse> getChatflowStreaming(
        io.tradewind.v1.GetChatflowStreamingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetChatflowStreamingMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_CHATFLOW = 0;
  private static final int METHODID_GET_CHATFLOW = 1;
  private static final int METHODID_LIST_CHATFLOWS = 2;
  private static final int METHODID_UPDATE_CHATFLOW = 3;
  private static final int METHODID_DELETE_CHATFLOW = 4;
  private static final int METHODID_IMPORT_CHATFLOWS = 5;
  private static final int METHODID_EXPORT_CHATFLOWS = 6;
  private static final int METHODID_CHECK_CHATFLOW = 7;
  private static final int METHODID_LIST_CHATFLOW_INPUTS = 8;
  private static final int METHODID_HAS_CHATFLOW_CHANGED = 9;
  private static final int METHODID_GET_PUBLIC_CHATFLOW = 10;
  private static final int METHODID_LIST_CHATFLOWS_OF_KEY = 11;
  private static final int METHODID_GET_CHATFLOW_STREAMING = 12;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final ChatflowServiceImplBase serviceImpl;
    private final int methodId;

    MethodHandlers(ChatflowServiceImplBase serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_CHATFLOW:
          serviceImpl.createChatflow((io.tradewind.v1.CreateChatflowRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CreateChatflowResponse>) responseObserver);
          break;
        case METHODID_GET_CHATFLOW:
          serviceImpl.getChatflow((io.tradewind.v1.GetChatflowRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetChatflowResponse>) responseObserver);
          break;
        case METHODID_LIST_CHATFLOWS:
          serviceImpl.listChatflows((io.tradewind.v1.ListChatflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_CHATFLOW:
          serviceImpl.updateChatflow((io.tradewind.v1.UpdateChatflowRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateChatflowResponse>) responseObserver);
          break;
        case METHODID_DELETE_CHATFLOW:
          serviceImpl.deleteChatflow((io.tradewind.v1.DeleteChatflowRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChatflowResponse>) responseObserver);
          break;
        case METHODID_IMPORT_CHATFLOWS:
          serviceImpl.importChatflows((io.tradewind.v1.ImportChatflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ImportChatflowsResponse>) responseObserver);
          break;
        case METHODID_EXPORT_CHATFLOWS:
          serviceImpl.exportChatflows((io.tradewind.v1.ExportChatflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ExportChatflowsResponse>) responseObserver);
          break;
        case METHODID_CHECK_CHATFLOW:
          serviceImpl.checkChatflow((io.tradewind.v1.CheckChatflowRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.CheckChatflowResponse>) responseObserver);
          break;
        case METHODID_LIST_CHATFLOW_INPUTS:
          serviceImpl.listChatflowInputs((io.tradewind.v1.ListChatflowInputsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowInputsResponse>) responseObserver);
          break;
        case METHODID_HAS_CHATFLOW_CHANGED:
          serviceImpl.hasChatflowChanged((io.tradewind.v1.HasChatflowChangedRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.HasChatflowChangedResponse>) responseObserver);
          break;
        case METHODID_GET_PUBLIC_CHATFLOW:
          serviceImpl.getPublicChatflow((io.tradewind.v1.GetPublicChatflowRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetPublicChatflowResponse>) responseObserver);
          break;
        case METHODID_LIST_CHATFLOWS_OF_KEY:
          serviceImpl.listChatflowsOfKey((io.tradewind.v1.ListChatflowsOfKeyRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListChatflowsOfKeyResponse>) responseObserver);
          break;
        case METHODID_GET_CHATFLOW_STREAMING:
          serviceImpl.getChatflowStreaming((io.tradewind.v1.GetChatflowStreamingRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.GetChatflowStreamingResponse>) responseObserver);
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

  private static abstract class ChatflowServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ChatflowServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.tradewind.v1.ChatflowOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ChatflowService");
    }
  }

  private static final class ChatflowServiceFileDescriptorSupplier
      extends ChatflowServiceBaseDescriptorSupplier {
    ChatflowServiceFileDescriptorSupplier() {}
  }

  private static final class ChatflowServiceMethodDescriptorSupplier
      extends ChatflowServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final String methodName;

    ChatflowServiceMethodDescriptorSupplier(String methodName) {
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
      synchronized (ChatflowServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ChatflowServiceFileDescriptorSupplier())
              .addMethod(getCreateChatflowMethod())
              .addMethod(getGetChatflowMethod())
              .addMethod(getListChatflowsMethod())
              .addMethod(getUpdateChatflowMethod())
              .addMethod(getDeleteChatflowMethod())
              .addMethod(getImportChatflowsMethod())
              .addMethod(getExportChatflowsMethod())
              .addMethod(getCheckChatflowMethod())
              .addMethod(getListChatflowInputsMethod())
              .addMethod(getHasChatflowChangedMethod())
              .addMethod(getGetPublicChatflowMethod())
              .addMethod(getListChatflowsOfKeyMethod())
              .addMethod(getGetChatflowStreamingMethod())
              .build();
        }
      }
    }
    return result;
  }
}
