package io.tradewind.example;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/** What to do about errors: read their reason, and repeat what may succeed later. */
final class Errors {
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private Errors() {}

  /** The stable reason of an error; empty where the server itself was not reached. */
  static String reasonOf(StatusRuntimeException error) {
    var status = StatusProto.fromThrowable(error);
    if (status == null) {
      return "";
    }
    try {
      for (var detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      }
    } catch (InvalidProtocolBufferException unreadable) {
      return "";
    }
    return "";
  }

  /** The code and the reason, in the words of the contract: NOT_FOUND CHATFLOW_NOT_FOUND. */
  static String described(StatusRuntimeException error) {
    return (error.getStatus().getCode() + " " + reasonOf(error)).stripTrailing();
  }

  /** Repeats a call while the server or a part behind it is away: at most so many times, with growing pauses. */
  static <T> T withRetry(Callable<T> call) throws Exception {
    for (int attempt = 2; attempt <= ATTEMPTS; attempt++) {
      try {
        return call.call();
      } catch (StatusRuntimeException error) {
        if (error.getStatus().getCode() != Status.Code.UNAVAILABLE) {
          throw error;
        }
        System.out.println("retry: " + described(error) + ", attempt " + attempt + " of " + ATTEMPTS);
      }
      var pause = Math.min(FIRST_PAUSE_MILLIS << (attempt - 2), LONGEST_PAUSE_MILLIS);
      // Callers that failed together do not come back together.
      Thread.sleep((long) (pause * ThreadLocalRandom.current().nextDouble(0.5, 1.0)));
    }
    return call.call();
  }
}
