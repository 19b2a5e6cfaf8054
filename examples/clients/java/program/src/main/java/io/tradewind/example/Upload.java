package io.tradewind.example;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tradewind.v1.StreamUploadUpsertRequest;
import io.tradewind.v1.StreamUploadUpsertResponse;
import io.tradewind.v1.UploadFile;
import io.tradewind.v1.UpsertRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A watched upload: sends as fast as the server takes it, so that a large file is never in memory as a whole. */
final class Upload
    implements ClientResponseObserver<StreamUploadUpsertRequest, StreamUploadUpsertResponse>, AutoCloseable {
  private static final int CHUNK_BYTES = 256 * 1024; // The contract advises at most 1 MiB.

  private final String chatflowId;
  private final String name;
  private final InputStream content;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private boolean begun;
  private boolean sent;

  Upload(String chatflowId, Path document) throws IOException {
    this.chatflowId = chatflowId;
    this.name = document.getFileName().toString();
    this.content = Files.newInputStream(document);
  }

  /** Waits for the end of the call; throws what it failed with. The call's own deadline bounds it. */
  void await() {
    try {
      end.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof StatusRuntimeException error ? error : failed;
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<StreamUploadUpsertRequest> requests) {
    requests.setOnReadyHandler(() -> {
      try {
        while (requests.isReady() && !sent) {
          sendNext(requests);
        }
      } catch (IOException unreadable) {
        sent = true;
        requests.cancel("The file could not be read: " + unreadable.getMessage(), unreadable);
      }
    });
  }

  /** The request and the file's header first, then its bytes. */
  private void sendNext(ClientCallStreamObserver<StreamUploadUpsertRequest> requests) throws IOException {
    if (!begun) {
      begun = true;
      var options = UpsertRequest.newBuilder().setChatflowId(chatflowId);
      requests.onNext(StreamUploadUpsertRequest.newBuilder().setOptions(options).build());
      requests.onNext(StreamUploadUpsertRequest.newBuilder().setFile(UploadFile.newBuilder().setName(name)).build());
      return;
    }
    var bytes = content.readNBytes(CHUNK_BYTES);
    if (bytes.length == 0) {
      sent = true;
      requests.onCompleted();
      return;
    }
    requests.onNext(StreamUploadUpsertRequest.newBuilder().setChunk(UnsafeByteOperations.unsafeWrap(bytes)).build());
  }

  @Override
  public void onNext(StreamUploadUpsertResponse event) {
    if (event.hasProgress()) {
      var done = event.getProgress();
      System.out.printf("progress: %d loaded, %d split, %d embedded, %d written%n",
          done.getLoaded(), done.getSplit(), done.getEmbedded(), done.getWritten());
    } else if (event.hasResult()) {
      System.out.printf("upsert: %d added%n", event.getResult().getNumAdded());
    }
  }

  @Override
  public void onError(Throwable error) {
    end.completeExceptionally(Status.fromThrowable(error).asRuntimeException(Status.trailersFromThrowable(error)));
  }

  @Override
  public void onCompleted() {
    end.complete(null);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
