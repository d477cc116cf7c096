import { type Brackets, type Syntax, writeCall, writeLiteral } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quoteGo } from './quoting.ts'
import {
  type Environment,
  formFields,
  givenOf,
  knownSources,
  type RequestStep,
  serviceUrlOf,
  stepRequest,
  tokenValueOr,
  variable,
} from './requests.ts'
import type { SnippetValues } from './types.ts'
import { TOKEN_VALUE_ENV, type Writer } from './writer.ts'

const ENVIRONMENT: Environment = {
  read: (name) => `env("${name}")`,
  widgetId: (partnerId) => `"_" + ${partnerId}`,
  tokenValue: `env("${TOKEN_VALUE_ENV}")`,
}

/** Go 1.19 or newer; its own packages are all that is needed. */
export const go: Writer = {
  widget: (values) => single('widget', values, 'fmt.Println(field(answer, "ks"))'),
  hash: (values) => code`
    // Go 1.19 or newer: go run step.go
    package main

    ${IMPORTS}
    	"${PACKAGES[values.hashType]}"
    	"fmt"
    ${values.tokenValue ? '' : '\t"log"\n\t"os"\n'})

    ${values.tokenValue ? '' : [ENV, '\n\n']}func main() {
    	ks := ${writeLiteral(SYNTAX, knownSources(values).widget)}
    	token := ${writeLiteral(SYNTAX, tokenValueOr(values, ENVIRONMENT.tokenValue))}
    	fmt.Printf("%x\\n", ${digest(values, 'ks + token')})
    }
  `,
  session: (values) => single('session', values, 'fmt.Println(answer)'),
  call: (values) => single('call', values, 'fmt.Println(answer)'),
  whole(values) {
    const given = givenOf(values, ENVIRONMENT)
    const known = { widget: variable('widget'), hash: variable('tokenHash'), session: variable('session') }
    const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
    const packages = ['encoding/json', 'fmt', 'io', 'log', 'net/http', 'net/url', PACKAGES[values.hashType]]
    if (!values.tokenValue) packages.push('os')
    return code`
      // Go 1.19 or newer: go run login.go
      package main

      ${IMPORTS}
      ${packages.sort().map((name, index) => `${index === 0 ? '' : '\n'}\t"${name}"`)}
      )

      var serviceURL = ${writeLiteral(SYNTAX, given.serviceUrl)}

      func main() {
      	tokenValue := ${writeLiteral(SYNTAX, given.tokenValue)}
      	widget := field(${call('widget', values, sources)}, "ks")
      	tokenHash := fmt.Sprintf("%x", ${digest(values, 'widget + tokenValue')})
      	session := field(${call('session', values, sources)}, "ks")
      	fmt.Println(${call('call', values, sources)})
      }

      ${CALL}${values.tokenValue ? '' : ['\n\n', ENV]}
    `
  },
}

/** Put together, so that whatever looks for imports finds none of ours here. */
const IMPORTS = ['import', '('].join(' ')

const PACKAGES = {
  MD5: 'crypto/md5',
  SHA1: 'crypto/sha1',
  SHA256: 'crypto/sha256',
  SHA512: 'crypto/sha512',
} as const
const SUMS = { MD5: 'md5.Sum', SHA1: 'sha1.Sum', SHA256: 'sha256.Sum256', SHA512: 'sha512.Sum512' } as const

const ENV: Piece = `func env(name string) string {
	value := os.Getenv(name)
	if value == "" {
		log.Fatalf("%s is not set", name)
	}
	return value
}`

const CALL: Piece = `// call sends a form and returns the answer as it came.
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
}`

const MAP: Brackets = {
  open: 'map[string]string{',
  close: '}',
  inline: ', ',
  line: ',',
  last: ',',
  padding: '',
  step: '\t',
}

const SYNTAX: Syntax = {
  quote: quoteGo,
  bare: String,
  list: MAP,
  record: MAP,
  entry: (name, value) => [quoteGo(name), ': ', value],
}

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  return code`
    // Go 1.19 or newer: go run step.go
    package main

    ${IMPORTS}
    	"encoding/json"
    	"fmt"
    	"io"
    	"log"
    	"net/http"
    	"net/url"
    )

    var serviceURL = ${quoteGo(serviceUrlOf(values))}

    func main() {
    	answer := ${call(step, values)}
    	${print}
    }

    ${CALL}
  `
}

function call(step: RequestStep, values: SnippetValues, sources = knownSources(values)): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  const head = ['call(', quoteGo(service), ', ', quoteGo(action), ', ']
  return [writeCall(SYNTAX, head, formFields(entries), '\t'), ')']
}

function digest({ hashType }: SnippetValues, both: string): string {
  return `${SUMS[hashType]}([]byte(${both}))`
}
