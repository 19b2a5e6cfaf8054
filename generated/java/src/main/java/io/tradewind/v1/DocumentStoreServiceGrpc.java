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

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.PreviewLoaderRequest,
      io.tradewind.v1.PreviewLoaderResponse> getPreviewLoaderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PreviewLoader",
      requestType = io.tradewind.v1.PreviewLoaderRequest.class,
      responseType = io.tradewind.v1.PreviewLoaderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.PreviewLoaderRequest,
      io.tradewind.v1.PreviewLoaderResponse> getPreviewLoaderMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.PreviewLoaderRequest, io.tradewind.v1.PreviewLoaderResponse> getPreviewLoaderMethod;
    if ((getPreviewLoaderMethod = DocumentStoreServiceGrpc.getPreviewLoaderMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getPreviewLoaderMethod = DocumentStoreServiceGrpc.getPreviewLoaderMethod) == null) {
          DocumentStoreServiceGrpc.getPreviewLoaderMethod = getPreviewLoaderMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.PreviewLoaderRequest, io.tradewind.v1.PreviewLoaderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PreviewLoader"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.PreviewLoaderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.PreviewLoaderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("PreviewLoader"))
              .build();
        }
      }
    }
    return getPreviewLoaderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.SaveLoaderRequest,
      io.tradewind.v1.SaveLoaderResponse> getSaveLoaderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SaveLoader",
      requestType = io.tradewind.v1.SaveLoaderRequest.class,
      responseType = io.tradewind.v1.SaveLoaderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.SaveLoaderRequest,
      io.tradewind.v1.SaveLoaderResponse> getSaveLoaderMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.SaveLoaderRequest, io.tradewind.v1.SaveLoaderResponse> getSaveLoaderMethod;
    if ((getSaveLoaderMethod = DocumentStoreServiceGrpc.getSaveLoaderMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getSaveLoaderMethod = DocumentStoreServiceGrpc.getSaveLoaderMethod) == null) {
          DocumentStoreServiceGrpc.getSaveLoaderMethod = getSaveLoaderMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.SaveLoaderRequest, io.tradewind.v1.SaveLoaderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SaveLoader"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.SaveLoaderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.SaveLoaderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("SaveLoader"))
              .build();
        }
      }
    }
    return getSaveLoaderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ProcessLoaderRequest,
      io.tradewind.v1.ProcessLoaderResponse> getProcessLoaderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ProcessLoader",
      requestType = io.tradewind.v1.ProcessLoaderRequest.class,
      responseType = io.tradewind.v1.ProcessLoaderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ProcessLoaderRequest,
      io.tradewind.v1.ProcessLoaderResponse> getProcessLoaderMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ProcessLoaderRequest, io.tradewind.v1.ProcessLoaderResponse> getProcessLoaderMethod;
    if ((getProcessLoaderMethod = DocumentStoreServiceGrpc.getProcessLoaderMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getProcessLoaderMethod = DocumentStoreServiceGrpc.getProcessLoaderMethod) == null) {
          DocumentStoreServiceGrpc.getProcessLoaderMethod = getProcessLoaderMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ProcessLoaderRequest, io.tradewind.v1.ProcessLoaderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ProcessLoader"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ProcessLoaderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ProcessLoaderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("ProcessLoader"))
              .build();
        }
      }
    }
    return getProcessLoaderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteLoaderRequest,
      io.tradewind.v1.DeleteLoaderResponse> getDeleteLoaderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteLoader",
      requestType = io.tradewind.v1.DeleteLoaderRequest.class,
      responseType = io.tradewind.v1.DeleteLoaderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteLoaderRequest,
      io.tradewind.v1.DeleteLoaderResponse> getDeleteLoaderMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteLoaderRequest, io.tradewind.v1.DeleteLoaderResponse> getDeleteLoaderMethod;
    if ((getDeleteLoaderMethod = DocumentStoreServiceGrpc.getDeleteLoaderMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getDeleteLoaderMethod = DocumentStoreServiceGrpc.getDeleteLoaderMethod) == null) {
          DocumentStoreServiceGrpc.getDeleteLoaderMethod = getDeleteLoaderMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteLoaderRequest, io.tradewind.v1.DeleteLoaderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteLoader"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteLoaderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteLoaderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("DeleteLoader"))
              .build();
        }
      }
    }
    return getDeleteLoaderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListChunksRequest,
      io.tradewind.v1.ListChunksResponse> getListChunksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListChunks",
      requestType = io.tradewind.v1.ListChunksRequest.class,
      responseType = io.tradewind.v1.ListChunksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListChunksRequest,
      io.tradewind.v1.ListChunksResponse> getListChunksMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListChunksRequest, io.tradewind.v1.ListChunksResponse> getListChunksMethod;
    if ((getListChunksMethod = DocumentStoreServiceGrpc.getListChunksMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getListChunksMethod = DocumentStoreServiceGrpc.getListChunksMethod) == null) {
          DocumentStoreServiceGrpc.getListChunksMethod = getListChunksMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListChunksRequest, io.tradewind.v1.ListChunksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListChunks"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChunksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListChunksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("ListChunks"))
              .build();
        }
      }
    }
    return getListChunksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateChunkRequest,
      io.tradewind.v1.UpdateChunkResponse> getUpdateChunkMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateChunk",
      requestType = io.tradewind.v1.UpdateChunkRequest.class,
      responseType = io.tradewind.v1.UpdateChunkResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateChunkRequest,
      io.tradewind.v1.UpdateChunkResponse> getUpdateChunkMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateChunkRequest, io.tradewind.v1.UpdateChunkResponse> getUpdateChunkMethod;
    if ((getUpdateChunkMethod = DocumentStoreServiceGrpc.getUpdateChunkMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getUpdateChunkMethod = DocumentStoreServiceGrpc.getUpdateChunkMethod) == null) {
          DocumentStoreServiceGrpc.getUpdateChunkMethod = getUpdateChunkMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateChunkRequest, io.tradewind.v1.UpdateChunkResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateChunk"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateChunkRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateChunkResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("UpdateChunk"))
              .build();
        }
      }
    }
    return getUpdateChunkMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChunkRequest,
      io.tradewind.v1.DeleteChunkResponse> getDeleteChunkMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteChunk",
      requestType = io.tradewind.v1.DeleteChunkRequest.class,
      responseType = io.tradewind.v1.DeleteChunkResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChunkRequest,
      io.tradewind.v1.DeleteChunkResponse> getDeleteChunkMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteChunkRequest, io.tradewind.v1.DeleteChunkResponse> getDeleteChunkMethod;
    if ((getDeleteChunkMethod = DocumentStoreServiceGrpc.getDeleteChunkMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getDeleteChunkMethod = DocumentStoreServiceGrpc.getDeleteChunkMethod) == null) {
          DocumentStoreServiceGrpc.getDeleteChunkMethod = getDeleteChunkMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteChunkRequest, io.tradewind.v1.DeleteChunkResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteChunk"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteChunkRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteChunkResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("DeleteChunk"))
              .build();
        }
      }
    }
    return getDeleteChunkMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.SaveVectorStoreRequest,
      io.tradewind.v1.SaveVectorStoreResponse> getSaveVectorStoreMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SaveVectorStore",
      requestType = io.tradewind.v1.SaveVectorStoreRequest.class,
      responseType = io.tradewind.v1.SaveVectorStoreResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.SaveVectorStoreRequest,
      io.tradewind.v1.SaveVectorStoreResponse> getSaveVectorStoreMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.SaveVectorStoreRequest, io.tradewind.v1.SaveVectorStoreResponse> getSaveVectorStoreMethod;
    if ((getSaveVectorStoreMethod = DocumentStoreServiceGrpc.getSaveVectorStoreMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getSaveVectorStoreMethod = DocumentStoreServiceGrpc.getSaveVectorStoreMethod) == null) {
          DocumentStoreServiceGrpc.getSaveVectorStoreMethod = getSaveVectorStoreMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.SaveVectorStoreRequest, io.tradewind.v1.SaveVectorStoreResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SaveVectorStore"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.SaveVectorStoreRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.SaveVectorStoreResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("SaveVectorStore"))
              .build();
        }
      }
    }
    return getSaveVectorStoreMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpdateVectorStoreRequest,
      io.tradewind.v1.UpdateVectorStoreResponse> getUpdateVectorStoreMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateVectorStore",
      requestType = io.tradewind.v1.UpdateVectorStoreRequest.class,
      responseType = io.tradewind.v1.UpdateVectorStoreResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpdateVectorStoreRequest,
      io.tradewind.v1.UpdateVectorStoreResponse> getUpdateVectorStoreMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpdateVectorStoreRequest, io.tradewind.v1.UpdateVectorStoreResponse> getUpdateVectorStoreMethod;
    if ((getUpdateVectorStoreMethod = DocumentStoreServiceGrpc.getUpdateVectorStoreMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getUpdateVectorStoreMethod = DocumentStoreServiceGrpc.getUpdateVectorStoreMethod) == null) {
          DocumentStoreServiceGrpc.getUpdateVectorStoreMethod = getUpdateVectorStoreMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpdateVectorStoreRequest, io.tradewind.v1.UpdateVectorStoreResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateVectorStore"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateVectorStoreRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpdateVectorStoreResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("UpdateVectorStore"))
              .build();
        }
      }
    }
    return getUpdateVectorStoreMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.InsertVectorsRequest,
      io.tradewind.v1.InsertVectorsResponse> getInsertVectorsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "InsertVectors",
      requestType = io.tradewind.v1.InsertVectorsRequest.class,
      responseType = io.tradewind.v1.InsertVectorsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.InsertVectorsRequest,
      io.tradewind.v1.InsertVectorsResponse> getInsertVectorsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.InsertVectorsRequest, io.tradewind.v1.InsertVectorsResponse> getInsertVectorsMethod;
    if ((getInsertVectorsMethod = DocumentStoreServiceGrpc.getInsertVectorsMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getInsertVectorsMethod = DocumentStoreServiceGrpc.getInsertVectorsMethod) == null) {
          DocumentStoreServiceGrpc.getInsertVectorsMethod = getInsertVectorsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.InsertVectorsRequest, io.tradewind.v1.InsertVectorsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "InsertVectors"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.InsertVectorsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.InsertVectorsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("InsertVectors"))
              .build();
        }
      }
    }
    return getInsertVectorsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.QueryDocumentStoreRequest,
      io.tradewind.v1.QueryDocumentStoreResponse> getQueryDocumentStoreMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "QueryDocumentStore",
      requestType = io.tradewind.v1.QueryDocumentStoreRequest.class,
      responseType = io.tradewind.v1.QueryDocumentStoreResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.QueryDocumentStoreRequest,
      io.tradewind.v1.QueryDocumentStoreResponse> getQueryDocumentStoreMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.QueryDocumentStoreRequest, io.tradewind.v1.QueryDocumentStoreResponse> getQueryDocumentStoreMethod;
    if ((getQueryDocumentStoreMethod = DocumentStoreServiceGrpc.getQueryDocumentStoreMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getQueryDocumentStoreMethod = DocumentStoreServiceGrpc.getQueryDocumentStoreMethod) == null) {
          DocumentStoreServiceGrpc.getQueryDocumentStoreMethod = getQueryDocumentStoreMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.QueryDocumentStoreRequest, io.tradewind.v1.QueryDocumentStoreResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "QueryDocumentStore"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.QueryDocumentStoreRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.QueryDocumentStoreResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("QueryDocumentStore"))
              .build();
        }
      }
    }
    return getQueryDocumentStoreMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteVectorsRequest,
      io.tradewind.v1.DeleteVectorsResponse> getDeleteVectorsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteVectors",
      requestType = io.tradewind.v1.DeleteVectorsRequest.class,
      responseType = io.tradewind.v1.DeleteVectorsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteVectorsRequest,
      io.tradewind.v1.DeleteVectorsResponse> getDeleteVectorsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteVectorsRequest, io.tradewind.v1.DeleteVectorsResponse> getDeleteVectorsMethod;
    if ((getDeleteVectorsMethod = DocumentStoreServiceGrpc.getDeleteVectorsMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getDeleteVectorsMethod = DocumentStoreServiceGrpc.getDeleteVectorsMethod) == null) {
          DocumentStoreServiceGrpc.getDeleteVectorsMethod = getDeleteVectorsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteVectorsRequest, io.tradewind.v1.DeleteVectorsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteVectors"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteVectorsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteVectorsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("DeleteVectors"))
              .build();
        }
      }
    }
    return getDeleteVectorsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DeleteDocumentsRequest,
      io.tradewind.v1.DeleteDocumentsResponse> getDeleteDocumentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteDocuments",
      requestType = io.tradewind.v1.DeleteDocumentsRequest.class,
      responseType = io.tradewind.v1.DeleteDocumentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DeleteDocumentsRequest,
      io.tradewind.v1.DeleteDocumentsResponse> getDeleteDocumentsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DeleteDocumentsRequest, io.tradewind.v1.DeleteDocumentsResponse> getDeleteDocumentsMethod;
    if ((getDeleteDocumentsMethod = DocumentStoreServiceGrpc.getDeleteDocumentsMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getDeleteDocumentsMethod = DocumentStoreServiceGrpc.getDeleteDocumentsMethod) == null) {
          DocumentStoreServiceGrpc.getDeleteDocumentsMethod = getDeleteDocumentsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DeleteDocumentsRequest, io.tradewind.v1.DeleteDocumentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteDocuments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteDocumentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DeleteDocumentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("DeleteDocuments"))
              .build();
        }
      }
    }
    return getDeleteDocumentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UpsertDocumentRequest,
      io.tradewind.v1.UpsertDocumentResponse> getUpsertDocumentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpsertDocument",
      requestType = io.tradewind.v1.UpsertDocumentRequest.class,
      responseType = io.tradewind.v1.UpsertDocumentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UpsertDocumentRequest,
      io.tradewind.v1.UpsertDocumentResponse> getUpsertDocumentMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UpsertDocumentRequest, io.tradewind.v1.UpsertDocumentResponse> getUpsertDocumentMethod;
    if ((getUpsertDocumentMethod = DocumentStoreServiceGrpc.getUpsertDocumentMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getUpsertDocumentMethod = DocumentStoreServiceGrpc.getUpsertDocumentMethod) == null) {
          DocumentStoreServiceGrpc.getUpsertDocumentMethod = getUpsertDocumentMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UpsertDocumentRequest, io.tradewind.v1.UpsertDocumentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpsertDocument"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpsertDocumentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UpsertDocumentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("UpsertDocument"))
              .build();
        }
      }
    }
    return getUpsertDocumentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.UploadDocumentRequest,
      io.tradewind.v1.UploadDocumentResponse> getUploadDocumentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UploadDocument",
      requestType = io.tradewind.v1.UploadDocumentRequest.class,
      responseType = io.tradewind.v1.UploadDocumentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.UploadDocumentRequest,
      io.tradewind.v1.UploadDocumentResponse> getUploadDocumentMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.UploadDocumentRequest, io.tradewind.v1.UploadDocumentResponse> getUploadDocumentMethod;
    if ((getUploadDocumentMethod = DocumentStoreServiceGrpc.getUploadDocumentMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getUploadDocumentMethod = DocumentStoreServiceGrpc.getUploadDocumentMethod) == null) {
          DocumentStoreServiceGrpc.getUploadDocumentMethod = getUploadDocumentMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.UploadDocumentRequest, io.tradewind.v1.UploadDocumentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UploadDocument"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UploadDocumentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.UploadDocumentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("UploadDocument"))
              .build();
        }
      }
    }
    return getUploadDocumentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.RefreshDocumentStoreRequest,
      io.tradewind.v1.RefreshDocumentStoreResponse> getRefreshDocumentStoreMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RefreshDocumentStore",
      requestType = io.tradewind.v1.RefreshDocumentStoreRequest.class,
      responseType = io.tradewind.v1.RefreshDocumentStoreResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.RefreshDocumentStoreRequest,
      io.tradewind.v1.RefreshDocumentStoreResponse> getRefreshDocumentStoreMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.RefreshDocumentStoreRequest, io.tradewind.v1.RefreshDocumentStoreResponse> getRefreshDocumentStoreMethod;
    if ((getRefreshDocumentStoreMethod = DocumentStoreServiceGrpc.getRefreshDocumentStoreMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getRefreshDocumentStoreMethod = DocumentStoreServiceGrpc.getRefreshDocumentStoreMethod) == null) {
          DocumentStoreServiceGrpc.getRefreshDocumentStoreMethod = getRefreshDocumentStoreMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.RefreshDocumentStoreRequest, io.tradewind.v1.RefreshDocumentStoreResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RefreshDocumentStore"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.RefreshDocumentStoreRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.RefreshDocumentStoreResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("RefreshDocumentStore"))
              .build();
        }
      }
    }
    return getRefreshDocumentStoreMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StreamProcessLoaderRequest,
      io.tradewind.v1.StreamProcessLoaderResponse> getStreamProcessLoaderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamProcessLoader",
      requestType = io.tradewind.v1.StreamProcessLoaderRequest.class,
      responseType = io.tradewind.v1.StreamProcessLoaderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StreamProcessLoaderRequest,
      io.tradewind.v1.StreamProcessLoaderResponse> getStreamProcessLoaderMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StreamProcessLoaderRequest, io.tradewind.v1.StreamProcessLoaderResponse> getStreamProcessLoaderMethod;
    if ((getStreamProcessLoaderMethod = DocumentStoreServiceGrpc.getStreamProcessLoaderMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getStreamProcessLoaderMethod = DocumentStoreServiceGrpc.getStreamProcessLoaderMethod) == null) {
          DocumentStoreServiceGrpc.getStreamProcessLoaderMethod = getStreamProcessLoaderMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StreamProcessLoaderRequest, io.tradewind.v1.StreamProcessLoaderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamProcessLoader"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamProcessLoaderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamProcessLoaderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("StreamProcessLoader"))
              .build();
        }
      }
    }
    return getStreamProcessLoaderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StreamInsertVectorsRequest,
      io.tradewind.v1.StreamInsertVectorsResponse> getStreamInsertVectorsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamInsertVectors",
      requestType = io.tradewind.v1.StreamInsertVectorsRequest.class,
      responseType = io.tradewind.v1.StreamInsertVectorsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StreamInsertVectorsRequest,
      io.tradewind.v1.StreamInsertVectorsResponse> getStreamInsertVectorsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StreamInsertVectorsRequest, io.tradewind.v1.StreamInsertVectorsResponse> getStreamInsertVectorsMethod;
    if ((getStreamInsertVectorsMethod = DocumentStoreServiceGrpc.getStreamInsertVectorsMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getStreamInsertVectorsMethod = DocumentStoreServiceGrpc.getStreamInsertVectorsMethod) == null) {
          DocumentStoreServiceGrpc.getStreamInsertVectorsMethod = getStreamInsertVectorsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StreamInsertVectorsRequest, io.tradewind.v1.StreamInsertVectorsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamInsertVectors"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamInsertVectorsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamInsertVectorsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("StreamInsertVectors"))
              .build();
        }
      }
    }
    return getStreamInsertVectorsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StreamUpsertDocumentRequest,
      io.tradewind.v1.StreamUpsertDocumentResponse> getStreamUpsertDocumentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamUpsertDocument",
      requestType = io.tradewind.v1.StreamUpsertDocumentRequest.class,
      responseType = io.tradewind.v1.StreamUpsertDocumentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StreamUpsertDocumentRequest,
      io.tradewind.v1.StreamUpsertDocumentResponse> getStreamUpsertDocumentMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StreamUpsertDocumentRequest, io.tradewind.v1.StreamUpsertDocumentResponse> getStreamUpsertDocumentMethod;
    if ((getStreamUpsertDocumentMethod = DocumentStoreServiceGrpc.getStreamUpsertDocumentMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getStreamUpsertDocumentMethod = DocumentStoreServiceGrpc.getStreamUpsertDocumentMethod) == null) {
          DocumentStoreServiceGrpc.getStreamUpsertDocumentMethod = getStreamUpsertDocumentMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StreamUpsertDocumentRequest, io.tradewind.v1.StreamUpsertDocumentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamUpsertDocument"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamUpsertDocumentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamUpsertDocumentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("StreamUpsertDocument"))
              .build();
        }
      }
    }
    return getStreamUpsertDocumentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.StreamUploadDocumentRequest,
      io.tradewind.v1.StreamUploadDocumentResponse> getStreamUploadDocumentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamUploadDocument",
      requestType = io.tradewind.v1.StreamUploadDocumentRequest.class,
      responseType = io.tradewind.v1.StreamUploadDocumentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.StreamUploadDocumentRequest,
      io.tradewind.v1.StreamUploadDocumentResponse> getStreamUploadDocumentMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.StreamUploadDocumentRequest, io.tradewind.v1.StreamUploadDocumentResponse> getStreamUploadDocumentMethod;
    if ((getStreamUploadDocumentMethod = DocumentStoreServiceGrpc.getStreamUploadDocumentMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getStreamUploadDocumentMethod = DocumentStoreServiceGrpc.getStreamUploadDocumentMethod) == null) {
          DocumentStoreServiceGrpc.getStreamUploadDocumentMethod = getStreamUploadDocumentMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.StreamUploadDocumentRequest, io.tradewind.v1.StreamUploadDocumentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamUploadDocument"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamUploadDocumentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.StreamUploadDocumentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("StreamUploadDocument"))
              .build();
        }
      }
    }
    return getStreamUploadDocumentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListStoreComponentsRequest,
      io.tradewind.v1.ListStoreComponentsResponse> getListStoreComponentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListStoreComponents",
      requestType = io.tradewind.v1.ListStoreComponentsRequest.class,
      responseType = io.tradewind.v1.ListStoreComponentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListStoreComponentsRequest,
      io.tradewind.v1.ListStoreComponentsResponse> getListStoreComponentsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListStoreComponentsRequest, io.tradewind.v1.ListStoreComponentsResponse> getListStoreComponentsMethod;
    if ((getListStoreComponentsMethod = DocumentStoreServiceGrpc.getListStoreComponentsMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getListStoreComponentsMethod = DocumentStoreServiceGrpc.getListStoreComponentsMethod) == null) {
          DocumentStoreServiceGrpc.getListStoreComponentsMethod = getListStoreComponentsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListStoreComponentsRequest, io.tradewind.v1.ListStoreComponentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListStoreComponents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListStoreComponentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListStoreComponentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("ListStoreComponents"))
              .build();
        }
      }
    }
    return getListStoreComponentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.ListStoreInputsRequest,
      io.tradewind.v1.ListStoreInputsResponse> getListStoreInputsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListStoreInputs",
      requestType = io.tradewind.v1.ListStoreInputsRequest.class,
      responseType = io.tradewind.v1.ListStoreInputsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.ListStoreInputsRequest,
      io.tradewind.v1.ListStoreInputsResponse> getListStoreInputsMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.ListStoreInputsRequest, io.tradewind.v1.ListStoreInputsResponse> getListStoreInputsMethod;
    if ((getListStoreInputsMethod = DocumentStoreServiceGrpc.getListStoreInputsMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getListStoreInputsMethod = DocumentStoreServiceGrpc.getListStoreInputsMethod) == null) {
          DocumentStoreServiceGrpc.getListStoreInputsMethod = getListStoreInputsMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.ListStoreInputsRequest, io.tradewind.v1.ListStoreInputsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListStoreInputs"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListStoreInputsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.ListStoreInputsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("ListStoreInputs"))
              .build();
        }
      }
    }
    return getListStoreInputsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.tradewind.v1.DescribeDocumentStoreRequest,
      io.tradewind.v1.DescribeDocumentStoreResponse> getDescribeDocumentStoreMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DescribeDocumentStore",
      requestType = io.tradewind.v1.DescribeDocumentStoreRequest.class,
      responseType = io.tradewind.v1.DescribeDocumentStoreResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.tradewind.v1.DescribeDocumentStoreRequest,
      io.tradewind.v1.DescribeDocumentStoreResponse> getDescribeDocumentStoreMethod() {
    io.grpc.MethodDescriptor<io.tradewind.v1.DescribeDocumentStoreRequest, io.tradewind.v1.DescribeDocumentStoreResponse> getDescribeDocumentStoreMethod;
    if ((getDescribeDocumentStoreMethod = DocumentStoreServiceGrpc.getDescribeDocumentStoreMethod) == null) {
      synchronized (DocumentStoreServiceGrpc.class) {
        if ((getDescribeDocumentStoreMethod = DocumentStoreServiceGrpc.getDescribeDocumentStoreMethod) == null) {
          DocumentStoreServiceGrpc.getDescribeDocumentStoreMethod = getDescribeDocumentStoreMethod =
              io.grpc.MethodDescriptor.<io.tradewind.v1.DescribeDocumentStoreRequest, io.tradewind.v1.DescribeDocumentStoreResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DescribeDocumentStore"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DescribeDocumentStoreRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.tradewind.v1.DescribeDocumentStoreResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DocumentStoreServiceMethodDescriptorSupplier("DescribeDocumentStore"))
              .build();
        }
      }
    }
    return getDescribeDocumentStoreMethod;
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

    /**
     * <pre>
     * Loads and splits, and stores nothing. A loader of several web pages reads three of them.
     * </pre>
     */
    public void previewLoader(io.tradewind.v1.PreviewLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.PreviewLoaderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPreviewLoaderMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stores the settings of a new loader, or of the one that `loader.id` names. `ProcessLoader` then makes its chunks.
     * </pre>
     */
    public void saveLoader(io.tradewind.v1.SaveLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.SaveLoaderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSaveLoaderMethod(), responseObserver);
    }

    /**
     * <pre>
     * Loads and splits anew. The chunks replace the former ones; vectors follow with `InsertVectors`.
     * </pre>
     */
    public void processLoader(io.tradewind.v1.ProcessLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ProcessLoaderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getProcessLoaderMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a loader with its chunks, files and vectors.
     * </pre>
     */
    public void deleteLoader(io.tradewind.v1.DeleteLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteLoaderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteLoaderMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the chunks of a store or of one loader by their numbers, a page at a time.
     * </pre>
     */
    public void listChunks(io.tradewind.v1.ListChunksRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChunksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListChunksMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a chunk and its vector.
     * </pre>
     */
    public void updateChunk(io.tradewind.v1.UpdateChunkRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateChunkResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateChunkMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a chunk and its vector. Others keep their numbers.
     * </pre>
     */
    public void deleteChunk(io.tradewind.v1.DeleteChunkRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChunkResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteChunkMethod(), responseObserver);
    }

    /**
     * <pre>
     * Saves the settings of embeddings, vector store and record manager; what is absent is cleared.
     * </pre>
     */
    public void saveVectorStore(io.tradewind.v1.SaveVectorStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.SaveVectorStoreResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSaveVectorStoreMethod(), responseObserver);
    }

    /**
     * <pre>
     * Saves the settings of the vector store alone.
     * </pre>
     */
    public void updateVectorStore(io.tradewind.v1.UpdateVectorStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateVectorStoreResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateVectorStoreMethod(), responseObserver);
    }

    /**
     * <pre>
     * Saves settings likewise, embeds the chunks of all loaders, or of one, and has them in the vector store.
     * </pre>
     */
    public void insertVectors(io.tradewind.v1.InsertVectorsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.InsertVectorsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getInsertVectorsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Finds the chunks nearest to a query.
     * </pre>
     */
    public void queryDocumentStore(io.tradewind.v1.QueryDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.QueryDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getQueryDocumentStoreMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes the vectors of all chunks, or of one loader's, out of the vector store. The chunks stay.
     * </pre>
     */
    public void deleteVectors(io.tradewind.v1.DeleteVectorsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteVectorsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteVectorsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes the chunks whose metadata has some values, with their vectors, and loaders that are left without a chunk.
     * </pre>
     */
    public void deleteDocuments(io.tradewind.v1.DeleteDocumentsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteDocumentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteDocumentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Loads, splits, embeds and writes one document, as a new loader or in place of one. When a step fails, all is as it was.
     * </pre>
     */
    public void upsertDocument(io.tradewind.v1.UpsertDocumentRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpsertDocumentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpsertDocumentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Upserts uploaded files. The first message holds the request, then each file is a header followed by its chunks.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.UploadDocumentRequest> uploadDocument(
        io.grpc.stub.StreamObserver<io.tradewind.v1.UploadDocumentResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getUploadDocumentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads loaders anew, one after the other, and answers for each as it is done, telling meanwhile how far it is. What is done
     * stays when a later one fails.
     * </pre>
     */
    public void refreshDocumentStore(io.tradewind.v1.RefreshDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.RefreshDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRefreshDocumentStoreMethod(), responseObserver);
    }

    /**
     * <pre>
     * Like `ProcessLoader`, and tells meanwhile how far it is. The last message of one that succeeds holds its result.
     * </pre>
     */
    public void streamProcessLoader(io.tradewind.v1.StreamProcessLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamProcessLoaderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStreamProcessLoaderMethod(), responseObserver);
    }

    /**
     * <pre>
     * Like `InsertVectors`, and tells meanwhile how far it is. A caller that leaves before the result undoes it.
     * </pre>
     */
    public void streamInsertVectors(io.tradewind.v1.StreamInsertVectorsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamInsertVectorsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStreamInsertVectorsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Like `UpsertDocument`, and tells meanwhile how far it is. A caller that leaves before the result undoes it.
     * </pre>
     */
    public void streamUpsertDocument(io.tradewind.v1.StreamUpsertDocumentRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUpsertDocumentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStreamUpsertDocumentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Like `UploadDocument`, and tells how far it is once all files have arrived.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadDocumentRequest> streamUploadDocument(
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadDocumentResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getStreamUploadDocumentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the node types that stores can be made of, by name.
     * </pre>
     */
    public void listStoreComponents(io.tradewind.v1.ListStoreComponentsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListStoreComponentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListStoreComponentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the inputs of a loader's nodes and of its store's, which an upsert may set.
     * </pre>
     */
    public void listStoreInputs(io.tradewind.v1.ListStoreInputsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListStoreInputsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListStoreInputsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Has a chat model describe what a store holds, from its first four chunks, as agents are told of a tool.
     * </pre>
     */
    public void describeDocumentStore(io.tradewind.v1.DescribeDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DescribeDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDescribeDocumentStoreMethod(), responseObserver);
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
          .addMethod(
            getPreviewLoaderMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.PreviewLoaderRequest,
                io.tradewind.v1.PreviewLoaderResponse>(
                  this, METHODID_PREVIEW_LOADER)))
          .addMethod(
            getSaveLoaderMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.SaveLoaderRequest,
                io.tradewind.v1.SaveLoaderResponse>(
                  this, METHODID_SAVE_LOADER)))
          .addMethod(
            getProcessLoaderMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ProcessLoaderRequest,
                io.tradewind.v1.ProcessLoaderResponse>(
                  this, METHODID_PROCESS_LOADER)))
          .addMethod(
            getDeleteLoaderMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteLoaderRequest,
                io.tradewind.v1.DeleteLoaderResponse>(
                  this, METHODID_DELETE_LOADER)))
          .addMethod(
            getListChunksMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListChunksRequest,
                io.tradewind.v1.ListChunksResponse>(
                  this, METHODID_LIST_CHUNKS)))
          .addMethod(
            getUpdateChunkMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateChunkRequest,
                io.tradewind.v1.UpdateChunkResponse>(
                  this, METHODID_UPDATE_CHUNK)))
          .addMethod(
            getDeleteChunkMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteChunkRequest,
                io.tradewind.v1.DeleteChunkResponse>(
                  this, METHODID_DELETE_CHUNK)))
          .addMethod(
            getSaveVectorStoreMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.SaveVectorStoreRequest,
                io.tradewind.v1.SaveVectorStoreResponse>(
                  this, METHODID_SAVE_VECTOR_STORE)))
          .addMethod(
            getUpdateVectorStoreMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpdateVectorStoreRequest,
                io.tradewind.v1.UpdateVectorStoreResponse>(
                  this, METHODID_UPDATE_VECTOR_STORE)))
          .addMethod(
            getInsertVectorsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.InsertVectorsRequest,
                io.tradewind.v1.InsertVectorsResponse>(
                  this, METHODID_INSERT_VECTORS)))
          .addMethod(
            getQueryDocumentStoreMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.QueryDocumentStoreRequest,
                io.tradewind.v1.QueryDocumentStoreResponse>(
                  this, METHODID_QUERY_DOCUMENT_STORE)))
          .addMethod(
            getDeleteVectorsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteVectorsRequest,
                io.tradewind.v1.DeleteVectorsResponse>(
                  this, METHODID_DELETE_VECTORS)))
          .addMethod(
            getDeleteDocumentsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DeleteDocumentsRequest,
                io.tradewind.v1.DeleteDocumentsResponse>(
                  this, METHODID_DELETE_DOCUMENTS)))
          .addMethod(
            getUpsertDocumentMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.UpsertDocumentRequest,
                io.tradewind.v1.UpsertDocumentResponse>(
                  this, METHODID_UPSERT_DOCUMENT)))
          .addMethod(
            getUploadDocumentMethod(),
            io.grpc.stub.ServerCalls.asyncClientStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.UploadDocumentRequest,
                io.tradewind.v1.UploadDocumentResponse>(
                  this, METHODID_UPLOAD_DOCUMENT)))
          .addMethod(
            getRefreshDocumentStoreMethod(),
            io.grpc.stub.ServerCalls.asyncServerStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.RefreshDocumentStoreRequest,
                io.tradewind.v1.RefreshDocumentStoreResponse>(
                  this, METHODID_REFRESH_DOCUMENT_STORE)))
          .addMethod(
            getStreamProcessLoaderMethod(),
            io.grpc.stub.ServerCalls.asyncServerStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.StreamProcessLoaderRequest,
                io.tradewind.v1.StreamProcessLoaderResponse>(
                  this, METHODID_STREAM_PROCESS_LOADER)))
          .addMethod(
            getStreamInsertVectorsMethod(),
            io.grpc.stub.ServerCalls.asyncServerStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.StreamInsertVectorsRequest,
                io.tradewind.v1.StreamInsertVectorsResponse>(
                  this, METHODID_STREAM_INSERT_VECTORS)))
          .addMethod(
            getStreamUpsertDocumentMethod(),
            io.grpc.stub.ServerCalls.asyncServerStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.StreamUpsertDocumentRequest,
                io.tradewind.v1.StreamUpsertDocumentResponse>(
                  this, METHODID_STREAM_UPSERT_DOCUMENT)))
          .addMethod(
            getStreamUploadDocumentMethod(),
            io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
              new MethodHandlers<
                io.tradewind.v1.StreamUploadDocumentRequest,
                io.tradewind.v1.StreamUploadDocumentResponse>(
                  this, METHODID_STREAM_UPLOAD_DOCUMENT)))
          .addMethod(
            getListStoreComponentsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListStoreComponentsRequest,
                io.tradewind.v1.ListStoreComponentsResponse>(
                  this, METHODID_LIST_STORE_COMPONENTS)))
          .addMethod(
            getListStoreInputsMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.ListStoreInputsRequest,
                io.tradewind.v1.ListStoreInputsResponse>(
                  this, METHODID_LIST_STORE_INPUTS)))
          .addMethod(
            getDescribeDocumentStoreMethod(),
            io.grpc.stub.ServerCalls.asyncUnaryCall(
              new MethodHandlers<
                io.tradewind.v1.DescribeDocumentStoreRequest,
                io.tradewind.v1.DescribeDocumentStoreResponse>(
                  this, METHODID_DESCRIBE_DOCUMENT_STORE)))
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

    /**
     * <pre>
     * Loads and splits, and stores nothing. A loader of several web pages reads three of them.
     * </pre>
     */
    public void previewLoader(io.tradewind.v1.PreviewLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.PreviewLoaderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPreviewLoaderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stores the settings of a new loader, or of the one that `loader.id` names. `ProcessLoader` then makes its chunks.
     * </pre>
     */
    public void saveLoader(io.tradewind.v1.SaveLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.SaveLoaderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSaveLoaderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Loads and splits anew. The chunks replace the former ones; vectors follow with `InsertVectors`.
     * </pre>
     */
    public void processLoader(io.tradewind.v1.ProcessLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ProcessLoaderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getProcessLoaderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a loader with its chunks, files and vectors.
     * </pre>
     */
    public void deleteLoader(io.tradewind.v1.DeleteLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteLoaderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteLoaderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the chunks of a store or of one loader by their numbers, a page at a time.
     * </pre>
     */
    public void listChunks(io.tradewind.v1.ListChunksRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListChunksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListChunksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a chunk and its vector.
     * </pre>
     */
    public void updateChunk(io.tradewind.v1.UpdateChunkRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateChunkResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateChunkMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a chunk and its vector. Others keep their numbers.
     * </pre>
     */
    public void deleteChunk(io.tradewind.v1.DeleteChunkRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChunkResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteChunkMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Saves the settings of embeddings, vector store and record manager; what is absent is cleared.
     * </pre>
     */
    public void saveVectorStore(io.tradewind.v1.SaveVectorStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.SaveVectorStoreResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSaveVectorStoreMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Saves the settings of the vector store alone.
     * </pre>
     */
    public void updateVectorStore(io.tradewind.v1.UpdateVectorStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateVectorStoreResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateVectorStoreMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Saves settings likewise, embeds the chunks of all loaders, or of one, and has them in the vector store.
     * </pre>
     */
    public void insertVectors(io.tradewind.v1.InsertVectorsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.InsertVectorsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getInsertVectorsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Finds the chunks nearest to a query.
     * </pre>
     */
    public void queryDocumentStore(io.tradewind.v1.QueryDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.QueryDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getQueryDocumentStoreMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes the vectors of all chunks, or of one loader's, out of the vector store. The chunks stay.
     * </pre>
     */
    public void deleteVectors(io.tradewind.v1.DeleteVectorsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteVectorsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteVectorsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes the chunks whose metadata has some values, with their vectors, and loaders that are left without a chunk.
     * </pre>
     */
    public void deleteDocuments(io.tradewind.v1.DeleteDocumentsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteDocumentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteDocumentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Loads, splits, embeds and writes one document, as a new loader or in place of one. When a step fails, all is as it was.
     * </pre>
     */
    public void upsertDocument(io.tradewind.v1.UpsertDocumentRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.UpsertDocumentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpsertDocumentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Upserts uploaded files. The first message holds the request, then each file is a header followed by its chunks.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.UploadDocumentRequest> uploadDocument(
        io.grpc.stub.StreamObserver<io.tradewind.v1.UploadDocumentResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getUploadDocumentMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Reads loaders anew, one after the other, and answers for each as it is done, telling meanwhile how far it is. What is done
     * stays when a later one fails.
     * </pre>
     */
    public void refreshDocumentStore(io.tradewind.v1.RefreshDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.RefreshDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getRefreshDocumentStoreMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Like `ProcessLoader`, and tells meanwhile how far it is. The last message of one that succeeds holds its result.
     * </pre>
     */
    public void streamProcessLoader(io.tradewind.v1.StreamProcessLoaderRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamProcessLoaderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getStreamProcessLoaderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Like `InsertVectors`, and tells meanwhile how far it is. A caller that leaves before the result undoes it.
     * </pre>
     */
    public void streamInsertVectors(io.tradewind.v1.StreamInsertVectorsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamInsertVectorsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getStreamInsertVectorsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Like `UpsertDocument`, and tells meanwhile how far it is. A caller that leaves before the result undoes it.
     * </pre>
     */
    public void streamUpsertDocument(io.tradewind.v1.StreamUpsertDocumentRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUpsertDocumentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getStreamUpsertDocumentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Like `UploadDocument`, and tells how far it is once all files have arrived.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadDocumentRequest> streamUploadDocument(
        io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadDocumentResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getStreamUploadDocumentMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Lists the node types that stores can be made of, by name.
     * </pre>
     */
    public void listStoreComponents(io.tradewind.v1.ListStoreComponentsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListStoreComponentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListStoreComponentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the inputs of a loader's nodes and of its store's, which an upsert may set.
     * </pre>
     */
    public void listStoreInputs(io.tradewind.v1.ListStoreInputsRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.ListStoreInputsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListStoreInputsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Has a chat model describe what a store holds, from its first four chunks, as agents are told of a tool.
     * </pre>
     */
    public void describeDocumentStore(io.tradewind.v1.DescribeDocumentStoreRequest request,
        io.grpc.stub.StreamObserver<io.tradewind.v1.DescribeDocumentStoreResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDescribeDocumentStoreMethod(), getCallOptions()), request, responseObserver);
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

    /**
     * <pre>
     * Loads and splits, and stores nothing. A loader of several web pages reads three of them.
     * </pre>
     */
    public io.tradewind.v1.PreviewLoaderResponse previewLoader(io.tradewind.v1.PreviewLoaderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPreviewLoaderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stores the settings of a new loader, or of the one that `loader.id` names. `ProcessLoader` then makes its chunks.
     * </pre>
     */
    public io.tradewind.v1.SaveLoaderResponse saveLoader(io.tradewind.v1.SaveLoaderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSaveLoaderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Loads and splits anew. The chunks replace the former ones; vectors follow with `InsertVectors`.
     * </pre>
     */
    public io.tradewind.v1.ProcessLoaderResponse processLoader(io.tradewind.v1.ProcessLoaderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getProcessLoaderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a loader with its chunks, files and vectors.
     * </pre>
     */
    public io.tradewind.v1.DeleteLoaderResponse deleteLoader(io.tradewind.v1.DeleteLoaderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteLoaderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the chunks of a store or of one loader by their numbers, a page at a time.
     * </pre>
     */
    public io.tradewind.v1.ListChunksResponse listChunks(io.tradewind.v1.ListChunksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListChunksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a chunk and its vector.
     * </pre>
     */
    public io.tradewind.v1.UpdateChunkResponse updateChunk(io.tradewind.v1.UpdateChunkRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateChunkMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a chunk and its vector. Others keep their numbers.
     * </pre>
     */
    public io.tradewind.v1.DeleteChunkResponse deleteChunk(io.tradewind.v1.DeleteChunkRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteChunkMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Saves the settings of embeddings, vector store and record manager; what is absent is cleared.
     * </pre>
     */
    public io.tradewind.v1.SaveVectorStoreResponse saveVectorStore(io.tradewind.v1.SaveVectorStoreRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSaveVectorStoreMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Saves the settings of the vector store alone.
     * </pre>
     */
    public io.tradewind.v1.UpdateVectorStoreResponse updateVectorStore(io.tradewind.v1.UpdateVectorStoreRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateVectorStoreMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Saves settings likewise, embeds the chunks of all loaders, or of one, and has them in the vector store.
     * </pre>
     */
    public io.tradewind.v1.InsertVectorsResponse insertVectors(io.tradewind.v1.InsertVectorsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getInsertVectorsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Finds the chunks nearest to a query.
     * </pre>
     */
    public io.tradewind.v1.QueryDocumentStoreResponse queryDocumentStore(io.tradewind.v1.QueryDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getQueryDocumentStoreMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes the vectors of all chunks, or of one loader's, out of the vector store. The chunks stay.
     * </pre>
     */
    public io.tradewind.v1.DeleteVectorsResponse deleteVectors(io.tradewind.v1.DeleteVectorsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteVectorsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes the chunks whose metadata has some values, with their vectors, and loaders that are left without a chunk.
     * </pre>
     */
    public io.tradewind.v1.DeleteDocumentsResponse deleteDocuments(io.tradewind.v1.DeleteDocumentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteDocumentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Loads, splits, embeds and writes one document, as a new loader or in place of one. When a step fails, all is as it was.
     * </pre>
     */
    public io.tradewind.v1.UpsertDocumentResponse upsertDocument(io.tradewind.v1.UpsertDocumentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpsertDocumentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads loaders anew, one after the other, and answers for each as it is done, telling meanwhile how far it is. What is done
     * stays when a later one fails.
     * </pre>
     */
    public java.util.Iterator<io.tradewind.v1.RefreshDocumentStoreResponse> refreshDocumentStore(
        io.tradewind.v1.RefreshDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getRefreshDocumentStoreMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Like `ProcessLoader`, and tells meanwhile how far it is. The last message of one that succeeds holds its result.
     * </pre>
     */
    public java.util.Iterator<io.tradewind.v1.StreamProcessLoaderResponse> streamProcessLoader(
        io.tradewind.v1.StreamProcessLoaderRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getStreamProcessLoaderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Like `InsertVectors`, and tells meanwhile how far it is. A caller that leaves before the result undoes it.
     * </pre>
     */
    public java.util.Iterator<io.tradewind.v1.StreamInsertVectorsResponse> streamInsertVectors(
        io.tradewind.v1.StreamInsertVectorsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getStreamInsertVectorsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Like `UpsertDocument`, and tells meanwhile how far it is. A caller that leaves before the result undoes it.
     * </pre>
     */
    public java.util.Iterator<io.tradewind.v1.StreamUpsertDocumentResponse> streamUpsertDocument(
        io.tradewind.v1.StreamUpsertDocumentRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getStreamUpsertDocumentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the node types that stores can be made of, by name.
     * </pre>
     */
    public io.tradewind.v1.ListStoreComponentsResponse listStoreComponents(io.tradewind.v1.ListStoreComponentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListStoreComponentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the inputs of a loader's nodes and of its store's, which an upsert may set.
     * </pre>
     */
    public io.tradewind.v1.ListStoreInputsResponse listStoreInputs(io.tradewind.v1.ListStoreInputsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListStoreInputsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Has a chat model describe what a store holds, from its first four chunks, as agents are told of a tool.
     * </pre>
     */
    public io.tradewind.v1.DescribeDocumentStoreResponse describeDocumentStore(io.tradewind.v1.DescribeDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDescribeDocumentStoreMethod(), getCallOptions(), request);
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

    /**
     * <pre>
     * Loads and splits, and stores nothing. A loader of several web pages reads three of them.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.PreviewLoaderResponse> previewLoader(
        io.tradewind.v1.PreviewLoaderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPreviewLoaderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stores the settings of a new loader, or of the one that `loader.id` names. `ProcessLoader` then makes its chunks.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.SaveLoaderResponse> saveLoader(
        io.tradewind.v1.SaveLoaderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSaveLoaderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Loads and splits anew. The chunks replace the former ones; vectors follow with `InsertVectors`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ProcessLoaderResponse> processLoader(
        io.tradewind.v1.ProcessLoaderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getProcessLoaderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a loader with its chunks, files and vectors.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteLoaderResponse> deleteLoader(
        io.tradewind.v1.DeleteLoaderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteLoaderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the chunks of a store or of one loader by their numbers, a page at a time.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListChunksResponse> listChunks(
        io.tradewind.v1.ListChunksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListChunksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a chunk and its vector.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateChunkResponse> updateChunk(
        io.tradewind.v1.UpdateChunkRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateChunkMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a chunk and its vector. Others keep their numbers.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteChunkResponse> deleteChunk(
        io.tradewind.v1.DeleteChunkRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteChunkMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Saves the settings of embeddings, vector store and record manager; what is absent is cleared.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.SaveVectorStoreResponse> saveVectorStore(
        io.tradewind.v1.SaveVectorStoreRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSaveVectorStoreMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Saves the settings of the vector store alone.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpdateVectorStoreResponse> updateVectorStore(
        io.tradewind.v1.UpdateVectorStoreRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateVectorStoreMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Saves settings likewise, embeds the chunks of all loaders, or of one, and has them in the vector store.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.InsertVectorsResponse> insertVectors(
        io.tradewind.v1.InsertVectorsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getInsertVectorsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Finds the chunks nearest to a query.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.QueryDocumentStoreResponse> queryDocumentStore(
        io.tradewind.v1.QueryDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getQueryDocumentStoreMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes the vectors of all chunks, or of one loader's, out of the vector store. The chunks stay.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteVectorsResponse> deleteVectors(
        io.tradewind.v1.DeleteVectorsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteVectorsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes the chunks whose metadata has some values, with their vectors, and loaders that are left without a chunk.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DeleteDocumentsResponse> deleteDocuments(
        io.tradewind.v1.DeleteDocumentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteDocumentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Loads, splits, embeds and writes one document, as a new loader or in place of one. When a step fails, all is as it was.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.UpsertDocumentResponse> upsertDocument(
        io.tradewind.v1.UpsertDocumentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpsertDocumentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the node types that stores can be made of, by name.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListStoreComponentsResponse> listStoreComponents(
        io.tradewind.v1.ListStoreComponentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListStoreComponentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the inputs of a loader's nodes and of its store's, which an upsert may set.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.ListStoreInputsResponse> listStoreInputs(
        io.tradewind.v1.ListStoreInputsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListStoreInputsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Has a chat model describe what a store holds, from its first four chunks, as agents are told of a tool.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.tradewind.v1.DescribeDocumentStoreResponse> describeDocumentStore(
        io.tradewind.v1.DescribeDocumentStoreRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDescribeDocumentStoreMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_DOCUMENT_STORE = 0;
  private static final int METHODID_GET_DOCUMENT_STORE = 1;
  private static final int METHODID_LIST_DOCUMENT_STORES = 2;
  private static final int METHODID_UPDATE_DOCUMENT_STORE = 3;
  private static final int METHODID_DELETE_DOCUMENT_STORE = 4;
  private static final int METHODID_PREVIEW_LOADER = 5;
  private static final int METHODID_SAVE_LOADER = 6;
  private static final int METHODID_PROCESS_LOADER = 7;
  private static final int METHODID_DELETE_LOADER = 8;
  private static final int METHODID_LIST_CHUNKS = 9;
  private static final int METHODID_UPDATE_CHUNK = 10;
  private static final int METHODID_DELETE_CHUNK = 11;
  private static final int METHODID_SAVE_VECTOR_STORE = 12;
  private static final int METHODID_UPDATE_VECTOR_STORE = 13;
  private static final int METHODID_INSERT_VECTORS = 14;
  private static final int METHODID_QUERY_DOCUMENT_STORE = 15;
  private static final int METHODID_DELETE_VECTORS = 16;
  private static final int METHODID_DELETE_DOCUMENTS = 17;
  private static final int METHODID_UPSERT_DOCUMENT = 18;
  private static final int METHODID_REFRESH_DOCUMENT_STORE = 19;
  private static final int METHODID_STREAM_PROCESS_LOADER = 20;
  private static final int METHODID_STREAM_INSERT_VECTORS = 21;
  private static final int METHODID_STREAM_UPSERT_DOCUMENT = 22;
  private static final int METHODID_LIST_STORE_COMPONENTS = 23;
  private static final int METHODID_LIST_STORE_INPUTS = 24;
  private static final int METHODID_DESCRIBE_DOCUMENT_STORE = 25;
  private static final int METHODID_UPLOAD_DOCUMENT = 26;
  private static final int METHODID_STREAM_UPLOAD_DOCUMENT = 27;

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
        case METHODID_PREVIEW_LOADER:
          serviceImpl.previewLoader((io.tradewind.v1.PreviewLoaderRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.PreviewLoaderResponse>) responseObserver);
          break;
        case METHODID_SAVE_LOADER:
          serviceImpl.saveLoader((io.tradewind.v1.SaveLoaderRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.SaveLoaderResponse>) responseObserver);
          break;
        case METHODID_PROCESS_LOADER:
          serviceImpl.processLoader((io.tradewind.v1.ProcessLoaderRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ProcessLoaderResponse>) responseObserver);
          break;
        case METHODID_DELETE_LOADER:
          serviceImpl.deleteLoader((io.tradewind.v1.DeleteLoaderRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteLoaderResponse>) responseObserver);
          break;
        case METHODID_LIST_CHUNKS:
          serviceImpl.listChunks((io.tradewind.v1.ListChunksRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListChunksResponse>) responseObserver);
          break;
        case METHODID_UPDATE_CHUNK:
          serviceImpl.updateChunk((io.tradewind.v1.UpdateChunkRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateChunkResponse>) responseObserver);
          break;
        case METHODID_DELETE_CHUNK:
          serviceImpl.deleteChunk((io.tradewind.v1.DeleteChunkRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteChunkResponse>) responseObserver);
          break;
        case METHODID_SAVE_VECTOR_STORE:
          serviceImpl.saveVectorStore((io.tradewind.v1.SaveVectorStoreRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.SaveVectorStoreResponse>) responseObserver);
          break;
        case METHODID_UPDATE_VECTOR_STORE:
          serviceImpl.updateVectorStore((io.tradewind.v1.UpdateVectorStoreRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpdateVectorStoreResponse>) responseObserver);
          break;
        case METHODID_INSERT_VECTORS:
          serviceImpl.insertVectors((io.tradewind.v1.InsertVectorsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.InsertVectorsResponse>) responseObserver);
          break;
        case METHODID_QUERY_DOCUMENT_STORE:
          serviceImpl.queryDocumentStore((io.tradewind.v1.QueryDocumentStoreRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.QueryDocumentStoreResponse>) responseObserver);
          break;
        case METHODID_DELETE_VECTORS:
          serviceImpl.deleteVectors((io.tradewind.v1.DeleteVectorsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteVectorsResponse>) responseObserver);
          break;
        case METHODID_DELETE_DOCUMENTS:
          serviceImpl.deleteDocuments((io.tradewind.v1.DeleteDocumentsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DeleteDocumentsResponse>) responseObserver);
          break;
        case METHODID_UPSERT_DOCUMENT:
          serviceImpl.upsertDocument((io.tradewind.v1.UpsertDocumentRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UpsertDocumentResponse>) responseObserver);
          break;
        case METHODID_REFRESH_DOCUMENT_STORE:
          serviceImpl.refreshDocumentStore((io.tradewind.v1.RefreshDocumentStoreRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.RefreshDocumentStoreResponse>) responseObserver);
          break;
        case METHODID_STREAM_PROCESS_LOADER:
          serviceImpl.streamProcessLoader((io.tradewind.v1.StreamProcessLoaderRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StreamProcessLoaderResponse>) responseObserver);
          break;
        case METHODID_STREAM_INSERT_VECTORS:
          serviceImpl.streamInsertVectors((io.tradewind.v1.StreamInsertVectorsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StreamInsertVectorsResponse>) responseObserver);
          break;
        case METHODID_STREAM_UPSERT_DOCUMENT:
          serviceImpl.streamUpsertDocument((io.tradewind.v1.StreamUpsertDocumentRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUpsertDocumentResponse>) responseObserver);
          break;
        case METHODID_LIST_STORE_COMPONENTS:
          serviceImpl.listStoreComponents((io.tradewind.v1.ListStoreComponentsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListStoreComponentsResponse>) responseObserver);
          break;
        case METHODID_LIST_STORE_INPUTS:
          serviceImpl.listStoreInputs((io.tradewind.v1.ListStoreInputsRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.ListStoreInputsResponse>) responseObserver);
          break;
        case METHODID_DESCRIBE_DOCUMENT_STORE:
          serviceImpl.describeDocumentStore((io.tradewind.v1.DescribeDocumentStoreRequest) request,
              (io.grpc.stub.StreamObserver<io.tradewind.v1.DescribeDocumentStoreResponse>) responseObserver);
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
        case METHODID_UPLOAD_DOCUMENT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.uploadDocument(
              (io.grpc.stub.StreamObserver<io.tradewind.v1.UploadDocumentResponse>) responseObserver);
        case METHODID_STREAM_UPLOAD_DOCUMENT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.streamUploadDocument(
              (io.grpc.stub.StreamObserver<io.tradewind.v1.StreamUploadDocumentResponse>) responseObserver);
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
              .addMethod(getPreviewLoaderMethod())
              .addMethod(getSaveLoaderMethod())
              .addMethod(getProcessLoaderMethod())
              .addMethod(getDeleteLoaderMethod())
              .addMethod(getListChunksMethod())
              .addMethod(getUpdateChunkMethod())
              .addMethod(getDeleteChunkMethod())
              .addMethod(getSaveVectorStoreMethod())
              .addMethod(getUpdateVectorStoreMethod())
              .addMethod(getInsertVectorsMethod())
              .addMethod(getQueryDocumentStoreMethod())
              .addMethod(getDeleteVectorsMethod())
              .addMethod(getDeleteDocumentsMethod())
              .addMethod(getUpsertDocumentMethod())
              .addMethod(getUploadDocumentMethod())
              .addMethod(getRefreshDocumentStoreMethod())
              .addMethod(getStreamProcessLoaderMethod())
              .addMethod(getStreamInsertVectorsMethod())
              .addMethod(getStreamUpsertDocumentMethod())
              .addMethod(getStreamUploadDocumentMethod())
              .addMethod(getListStoreComponentsMethod())
              .addMethod(getListStoreInputsMethod())
              .addMethod(getDescribeDocumentStoreMethod())
              .build();
        }
      }
    }
    return result;
  }
}
