import type { BodySignature } from '../signature-scheme.ts';
import { inDoubleQuotes, inFront } from './quoted.ts';
import type { Snippet } from './snippet.ts';

const ENCODERS = {
  hex: { name: 'encoding/hex', call: 'hex.EncodeToString(mac.Sum(nil))' },
  base64: { name: 'encoding/base64', call: 'base64.StdEncoding.EncodeToString(mac.Sum(nil))' },
};

export const go: Snippet = {
  title: 'Go',
  call: 'body, err := io.ReadAll(r.Body)\nif err != nil || !Verify(r.Header.Get, body, secret) {\n\tw.WriteHeader(http.StatusUnauthorized)\n\treturn\n}',
  body: ofBody,
  standard: `package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
)

const tolerance = 5 * time.Minute

func Verify(header func(string) string, body []byte, secret string) bool {
	id, timestamp := header("webhook-id"), header("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > tolerance {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.", id, timestamp)
	mac.Write(body)
	expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	// While a rotation overlaps there are two.
	for _, given := range strings.Split(header("webhook-signature"), " ") {
		if hmac.Equal(expected, []byte(given)) {
			return true
		}
	}
	return false
}
`,
};

function ofBody({ header, encoding, prefix }: BodySignature): string {
  const encoder = ENCODERS[encoding];
  return `package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"${encoder.name}"
)

func Verify(header func(string) string, body []byte, secret string) bool {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	expected := ${inFront(prefix, '+')}${encoder.call}
	return hmac.Equal([]byte(expected), []byte(header(${inDoubleQuotes(header)})))
}
`;
}
