module github.com/tradewind/tradewind/generated/go

go 1.24.0

require (
	google.golang.org/grpc v1.82.1
	google.golang.org/protobuf v1.36.11
)
