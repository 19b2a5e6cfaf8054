package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const (
	attempts     = 4
	firstPause   = 200 * time.Millisecond
	longestPause = 5 * time.Second
)

// reasonOf is the stable reason of an error; empty where the server itself was not reached.
func reasonOf(err error) string {
	for _, detail := range status.Convert(err).Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			return info.GetReason()
		}
	}
	return ""
}

// described is the code and the reason, in the words of the contract: NOT_FOUND CHATFLOW_NOT_FOUND.
func described(err error) string {
	return strings.TrimSpace(code.Code(status.Code(err)).String() + " " + reasonOf(err))
}

// withRetry repeats a call while the server or a part behind it is away: at most so many attempts, with growing pauses.
func withRetry(call func() error) error {
	pause := firstPause
	for attempt := 2; attempt <= attempts; attempt++ {
		err := call()
		if err == nil || status.Code(err) != codes.Unavailable {
			return err
		}
		fmt.Printf("retry: %s, attempt %d of %d\n", described(err), attempt, attempts)
		// Callers that failed together do not come back together.
		time.Sleep(time.Duration(float64(pause) * (0.5 + rand.Float64()/2)))
		pause = min(2*pause, longestPause)
	}
	return call()
}
