// What the AWS SDK for Go makes of the world that this process is in: `ask [PROFILE]` prints one JSON object.
//
// It stands inside the SDK's own tree (README.md), as only there the SDK's clock can be set.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/internal/sdk"
)

// What the last resort says, the instance: that it has no keys either.
const nothing = "no EC2 IMDS role found"

const patience = 15 * time.Second

// Pauses between attempts change no answer.
func hurry(ctx context.Context, pause time.Duration) error {
	select {
	case <-time.After(pause / 100):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func failed(err error) map[string]any {
	text := err.Error()
	return map[string]any{"error": text, "none": strings.Contains(text, nothing)}
}

// An empty text is none.
func text(value string) any {
	if value == "" {
		return nil
	}
	return value
}

func asked(ctx context.Context, options []func(*config.LoadOptions) error) (answer map[string]any) {
	defer func() {
		if panic := recover(); panic != nil {
			answer = map[string]any{"error": fmt.Sprintf("panic: %v", panic)}
		}
	}()
	loaded, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return failed(err)
	}
	answer = found(ctx, loaded)
	answer["region"] = text(loaded.Region)
	return answer
}

func found(ctx context.Context, loaded aws.Config) map[string]any {
	found, err := loaded.Credentials.Retrieve(ctx)
	if err != nil {
		return failed(err)
	}
	return map[string]any{
		"access_key": found.AccessKeyID, "secret_key": found.SecretAccessKey, "token": text(found.SessionToken),
		"account_id": text(found.AccountID),
	}
}

func main() {
	sdk.SleepWithContext = hurry
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var options []func(*config.LoadOptions) error
	if len(os.Args) > 1 {
		options = append(options, config.WithSharedConfigProfile(os.Args[1]))
	}
	if err := json.NewEncoder(os.Stdout).Encode(asked(ctx, options)); err != nil {
		panic(err)
	}
}
