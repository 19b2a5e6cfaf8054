package io.tradewind.example;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.tradewind.v1.ChatMessageFilter;
import io.tradewind.v1.ChatMessageServiceGrpc;
import io.tradewind.v1.ListChatMessagesRequest;
import io.tradewind.v1.MessageRole;
import io.tradewind.v1.PredictRequest;
import io.tradewind.v1.PredictionServiceGrpc;
import io.tradewind.v1.StreamPredictRequest;
import io.tradewind.v1.StreamPredictResponse;
import io.tradewind.v1.VectorUpsertServiceGrpc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The five things a caller of Tradewind does: upload a document, ask, stream, list what was said, act on an error.
 *
 * <pre>TRADEWIND_API_KEY=… java -jar program/target/client.jar 127.0.0.1:3000 CHATFLOW_ID handbook.pdf</pre>
 */
public final class Client {
  private static final String QUESTION = "When does the ferry leave?";
  private static final String NO_CHATFLOW = "00000000-0000-4000-8000-000000000000";
  private static final long CALL_SECONDS = 120;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final PredictionServiceGrpc.PredictionServiceBlockingStub predictions;
  private final VectorUpsertServiceGrpc.VectorUpsertServiceStub upserts;
  private final ChatMessageServiceGrpc.ChatMessageServiceBlockingStub messages;
  private final String chatflowId;

  /** One chatflow on one server. The key may be empty where only open chatflows are asked. */
  Client(ManagedChannel channel, String chatflowId, String key) {
    var headers = new Metadata();
    if (!key.isEmpty()) {
      headers.put(AUTHORIZATION, "Bearer " + key);
    }
    var interceptor = MetadataUtils.newAttachHeadersInterceptor(headers);
    this.predictions = PredictionServiceGrpc.newBlockingStub(channel).withInterceptors(interceptor);
    this.upserts = VectorUpsertServiceGrpc.newStub(channel).withInterceptors(interceptor);
    this.messages = ChatMessageServiceGrpc.newBlockingStub(channel).withInterceptors(interceptor);
    this.chatflowId = chatflowId;
  }

  /** Upserts a file and prints how far it is. */
  Void upload(Path document) throws IOException {
    try (var upload = new Upload(chatflowId, document)) {
      upserts.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS).streamUploadUpsert(upload);
      upload.await();
    }
    return null;
  }

  /** Prints the answer; returns the session that it was stored in. */
  String ask(String chatflow) {
    var request = PredictRequest.newBuilder().setChatflowId(chatflow).setQuestion(QUESTION).build();
    var answer = predictions.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS).predict(request);
    System.out.println("answer: " + answer.getText());
    return answer.getSessionId();
  }

  /** Prints the answer as it is made. A stream is not repeated: part of the answer may stand on the screen. */
  void stream(String sessionId) {
    var request = StreamPredictRequest.newBuilder()
        .setChatflowId(chatflowId).setQuestion("And what does it cost?").setSessionId(sessionId).build();
    Iterator<StreamPredictResponse> events =
        predictions.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS).streamPredict(request);
    int pieces = 0;
    System.out.print("stream: ");
    while (events.hasNext()) {
      var event = events.next();
      switch (event.getEventCase()) {
        case TOKEN -> {
          pieces++;
          System.out.print(event.getToken().getText());
          System.out.flush();
        }
        case ERROR -> System.out.print(" … broke off: " + event.getError().getMessage());
        default -> { } // Sources, metadata, and whatever a newer server tells.
      }
    }
    System.out.println("\npieces: " + pieces);
  }

  /** Prints the messages of a session, page by page. Needs a key that may view chat messages. */
  Void listMessages(String sessionId) {
    var request = ListChatMessagesRequest.newBuilder()
        .setChatflowId(chatflowId)
        .setFilter(ChatMessageFilter.newBuilder().setSessionId(sessionId))
        .setPageSize(3);
    do {
      var page = messages.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS).listChatMessages(request.build());
      for (var message : page.getMessagesList()) {
        var role = message.getRole() == MessageRole.MESSAGE_ROLE_USER ? "user" : "api";
        System.out.println("message: " + role + ": " + message.getContent());
      }
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return null;
  }

  void run(Path document) throws Exception {
    Errors.withRetry(() -> upload(document));
    var sessionId = Errors.withRetry(() -> ask(chatflowId));
    stream(sessionId);
    Errors.withRetry(() -> listMessages(sessionId));
    try {
      ask(NO_CHATFLOW);
    } catch (StatusRuntimeException error) {
      if (!Errors.reasonOf(error).equals("CHATFLOW_NOT_FOUND")) {
        throw error;
      }
      System.out.println("expected: " + Errors.described(error));
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      System.err.println("usage: client HOST:PORT CHATFLOW_ID FILE");
      System.exit(2);
    }
    var channel = ManagedChannelBuilder.forTarget(arguments[0]).usePlaintext().build();
    var key = System.getenv().getOrDefault("TRADEWIND_API_KEY", "");
    int exitCode = 0;
    try {
      new Client(channel, arguments[1], key).run(Path.of(arguments[2]));
    } catch (StatusRuntimeException error) {
      var sentence = Objects.requireNonNullElse(error.getStatus().getDescription(), "the server was not reached");
      System.err.println("error: " + Errors.described(error) + ": " + sentence);
      exitCode = 1;
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
    System.exit(exitCode);
  }
}
