// Go 1.19 or newer: go run login.go
package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
)

var serviceURL = env("LATCHKEY_URL")

func main() {
	tokenValue := env("LATCHKEY_TOKEN_VALUE")
	widget := field(call("session", "startWidgetSession", map[string]string{
		"widgetId": "_" + env("LATCHKEY_PARTNER_ID"),
	}), "ks")
	tokenHash := fmt.Sprintf("%x", sha256.Sum256([]byte(widget + tokenValue)))
	session := field(call("appToken", "startSession", map[string]string{
		"ks": widget,
		"id": env("LATCHKEY_TOKEN_ID"),
		"tokenHash": tokenHash,
	}), "ks")
	fmt.Println(call("media", "list", map[string]string{"ks": session, "pager:pageSize": "3"}))
}

// call sends a form and returns the answer as it came.
func call(service, action string, fields map[string]string) string {
	form := url.Values{"format": {"1"}}
	for name, value := range fields {
		form.Set(name, value)
	}
	reply, err := http.PostForm(serviceURL+"/api_v3/service/"+service+"/action/"+action, form)
	if err != nil {
		log.Fatal(err)
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		log.Fatal(err)
	}
	answer := string(body)
	// An error comes with status 200: only the answer tells.
	if field(answer, "objectType") == "KalturaAPIException" {
		log.Fatalf("%s: %s", field(answer, "code"), field(answer, "message"))
	}
	return answer
}

// field is a text at the top of an answer, or nothing.
func field(answer, name string) string {
	var fields map[string]any
	json.Unmarshal([]byte(answer), &fields)
	text, _ := fields[name].(string)
	return text
}

func env(name string) string {
	value := os.Getenv(name)
	if value == "" {
		log.Fatalf("%s is not set", name)
	}
	return value
}
