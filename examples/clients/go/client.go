// The five things a caller of Tradewind does: upload a document, ask, stream, list what was said, act on an error.
//
//	TRADEWIND_API_KEY=… go run . 127.0.0.1:3000 CHATFLOW_ID handbook.pdf
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	tradewindv1 "github.com/tradewind/tradewind/generated/go/tradewind/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

const (
	question    = "When does the ferry leave?"
	noChatflow  = "00000000-0000-4000-8000-000000000000"
	chunkBytes  = 256 * 1024 // The contract advises at most 1 MiB.
	callTimeout = 2 * time.Minute
)

// client is one chatflow on one server.
type client struct {
	predictions tradewindv1.PredictionServiceClient
	upserts     tradewindv1.VectorUpsertServiceClient
	messages    tradewindv1.ChatMessageServiceClient
	chatflowID  string
	key         string // Empty where only open chatflows are asked.
}

// callContext carries the deadline of one call, and the key.
func (c *client) callContext() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	if c.key != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+c.key)
	}
	return ctx, cancel
}

// upload upserts a file and prints how far it is.
func (c *client) upload(path string) error {
	ctx, cancel := c.callContext()
	defer cancel()
	stream, err := c.upserts.StreamUploadUpsert(ctx)
	if err != nil {
		return err
	}
	// A stream that the server has ended is io.EOF to Send; why it ended comes from Recv.
	if err := c.sendFile(stream, path); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	for {
		event, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if done := event.GetProgress(); done != nil {
			fmt.Printf("progress: %d loaded, %d split, %d embedded, %d written\n",
				done.GetLoaded(), done.GetSplit(), done.GetEmbedded(), done.GetWritten())
		}
		if result := event.GetResult(); result != nil {
			fmt.Printf("upsert: %d added\n", result.GetNumAdded())
		}
	}
}

// sendFile sends the request, then the file's header, then its bytes.
func (c *client) sendFile(
	stream grpc.BidiStreamingClient[tradewindv1.StreamUploadUpsertRequest, tradewindv1.StreamUploadUpsertResponse], path string,
) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := stream.Send(&tradewindv1.StreamUploadUpsertRequest{Part: &tradewindv1.StreamUploadUpsertRequest_Options{
		Options: &tradewindv1.UpsertRequest{ChatflowId: c.chatflowID},
	}}); err != nil {
		return err
	}
	if err := stream.Send(&tradewindv1.StreamUploadUpsertRequest{Part: &tradewindv1.StreamUploadUpsertRequest_File{
		File: &tradewindv1.UploadFile{Name: filepath.Base(path)},
	}}); err != nil {
		return err
	}
	for buffer := make([]byte, chunkBytes); ; {
		read, err := file.Read(buffer)
		if errors.Is(err, io.EOF) {
			return stream.CloseSend()
		}
		if err != nil {
			return err
		}
		if err := stream.Send(&tradewindv1.StreamUploadUpsertRequest{Part: &tradewindv1.StreamUploadUpsertRequest_Chunk{
			Chunk: buffer[:read],
		}}); err != nil {
			return err
		}
	}
}

// ask prints the answer; it returns the session that it was stored in.
func (c *client) ask(chatflowID string) (string, error) {
	ctx, cancel := c.callContext()
	defer cancel()
	answer, err := c.predictions.Predict(ctx, &tradewindv1.PredictRequest{ChatflowId: chatflowID, Question: question})
	if err != nil {
		return "", err
	}
	fmt.Printf("answer: %s\n", answer.GetText())
	return answer.GetSessionId(), nil
}

// stream prints the answer as it is made. A stream is not repeated: part of the answer may stand on the screen.
func (c *client) stream(sessionID string) error {
	ctx, cancel := c.callContext()
	defer cancel()
	events, err := c.predictions.StreamPredict(ctx, &tradewindv1.StreamPredictRequest{
		ChatflowId: c.chatflowID, Question: "And what does it cost?", SessionId: &sessionID,
	})
	if err != nil {
		return err
	}
	pieces := 0
	fmt.Print("stream: ")
	for {
		event, err := events.Recv()
		if errors.Is(err, io.EOF) {
			fmt.Printf("\npieces: %d\n", pieces)
			return nil
		}
		if err != nil {
			return err
		}
		switch happened := event.GetEvent().(type) {
		case *tradewindv1.StreamPredictResponse_Token:
			pieces++
			fmt.Print(happened.Token.GetText())
		case *tradewindv1.StreamPredictResponse_Error:
			fmt.Printf(" … broke off: %s", happened.Error.GetMessage())
		}
	}
}

// listMessages prints the messages of a session, page by page. It needs a key that may view chat messages.
func (c *client) listMessages(sessionID string) error {
	request := &tradewindv1.ListChatMessagesRequest{
		ChatflowId: c.chatflowID,
		Filter:     &tradewindv1.ChatMessageFilter{SessionId: &sessionID},
		PageSize:   3,
	}
	for {
		page, err := c.page(request)
		if err != nil {
			return err
		}
		for _, message := range page.GetMessages() {
			role := "api"
			if message.GetRole() == tradewindv1.MessageRole_MESSAGE_ROLE_USER {
				role = "user"
			}
			fmt.Printf("message: %s: %s\n", role, message.GetContent())
		}
		if request.PageToken = page.GetNextPageToken(); request.PageToken == "" {
			return nil
		}
	}
}

func (c *client) page(request *tradewindv1.ListChatMessagesRequest) (*tradewindv1.ListChatMessagesResponse, error) {
	ctx, cancel := c.callContext()
	defer cancel()
	return c.messages.ListChatMessages(ctx, request)
}

func (c *client) run(document string) error {
	if err := withRetry(func() error { return c.upload(document) }); err != nil {
		return err
	}
	var sessionID string
	err := withRetry(func() (err error) {
		sessionID, err = c.ask(c.chatflowID)
		return err
	})
	if err != nil {
		return err
	}
	if err := c.stream(sessionID); err != nil {
		return err
	}
	if err := withRetry(func() error { return c.listMessages(sessionID) }); err != nil {
		return err
	}
	if _, err := c.ask(noChatflow); err == nil || reasonOf(err) != "CHATFLOW_NOT_FOUND" {
		return err
	} else {
		fmt.Printf("expected: %s\n", described(err))
	}
	return nil
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: client HOST:PORT CHATFLOW_ID FILE")
		os.Exit(2)
	}
	connection, err := grpc.NewClient(os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(2)
	}
	defer connection.Close()
	example := &client{
		predictions: tradewindv1.NewPredictionServiceClient(connection),
		upserts:     tradewindv1.NewVectorUpsertServiceClient(connection),
		messages:    tradewindv1.NewChatMessageServiceClient(connection),
		chatflowID:  os.Args[2],
		key:         os.Getenv("TRADEWIND_API_KEY"),
	}
	if err := example.run(os.Args[3]); err != nil {
		fmt.Fprintf(os.Stderr, "error: %s: %s\n", described(err), status.Convert(err).Message())
		os.Exit(1)
	}
}
