package abm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	sessionPath = "/session"
	// protocolVersion decides which fields Apple sends; 10 brought the network addresses, IMEI and EID.
	protocolVersion = "10"
	contentType     = "application/json;charset=UTF8" // without a dash, as Apple writes it
	maxAnswer       = 32 << 20                        // bytes after decompression
	maxKept         = 1 << 10                         // bytes of an error's body that reach the log
	maxErrorBody    = 8 << 10                         // bytes of it that are read, so that a secret cut in two is out of sight
)

// Observation is what became of one HTTP request, for counters and metrics.
type Observation struct {
	Token        string // the key given to Client.Token
	Method, Path string
	Attempt      int           // 1 for the first request of a call
	Status       int           // 0: no answer came
	Code         apperr.Code   // "" for a success
	Duration     time.Duration // until the end of the answer, decoding included
	Bytes        int64         // read of the answer's body, after decompression
	Wait         time.Duration // pause before the next attempt; 0: no pause or no further attempt
}

// Throttled tells whether the pause before the next attempt is because Apple said that it is too busy.
func (o Observation) Throttled() bool {
	return o.Wait > 0 && (o.Status == http.StatusTooManyRequests || o.Status == http.StatusServiceUnavailable)
}

// call is one request of the protocol. decode reads the body of a 200 to its end; it is called once per attempt, so it must
// not add to what an earlier attempt left.
type call struct {
	method, path string
	query        url.Values // nil: none
	body         []byte
	// write gives the body anew for each attempt, when a session is open and nothing is left to wait for; its error ends the call. Optional.
	write  func(ctx context.Context) ([]byte, error)
	decode func(*answerBody) error
	// lookFirst keeps the call from being repeated when it may have been carried out: the caller looks before it tries again.
	lookFirst bool
	// refused says what an answer other than 200 means where the call has codes of its own; nil where it is like any other. Optional.
	refused func(*AnswerError) error
}

// failure is a request that did not succeed.
type failure struct {
	err         error
	retry       bool          // another attempt makes sense
	wait        time.Duration // before it
	sessionLost bool          // Apple no longer knows the session
}

// do makes a call with the token's session, which it renews at most once.
func (t *Token) do(ctx context.Context, c call) error {
	creds := t.session.creds
	if creds.expired(t.client.clock.Now()) {
		return apperr.New(apperr.TokenExpired, "The server token expired on %s.", creds.AccessTokenExpiry.UTC().Format("2 Jan 2006 at 15:04 UTC")).
			WithHint("Download a new server token in ABM for the same MDM server and upload it here. Enrolled devices keep working.")
	}
	renewed := false
	return t.client.retry(ctx, t.key, c, func(ctx context.Context, attempt int) *failure {
		for {
			l, err := t.session.acquire(ctx)
			if err != nil {
				return &failure{err: err} // its own attempts are used up
			}
			if c.write != nil {
				if c.body, err = c.write(ctx); err != nil {
					return &failure{err: err}
				}
				if l, err = t.session.acquire(ctx); err != nil { // it may have been rotated meanwhile
					return &failure{err: err}
				}
			}
			header, f := t.client.exchange(ctx, t.session, c, attempt, l.token, func(r *http.Request) {
				r.Header.Set(sessionHeader, l.token)
			})
			t.session.rotate(l, header.Get(sessionHeader))
			if f == nil || !f.sessionLost {
				return f
			}
			t.session.drop(l)
			if renewed {
				return f
			}
			renewed = true
		}
	})
}

// exchange makes one HTTP request and reads its answer. secret is what authorize adds to the request, besides the token's
// credentials: it is removed from what is kept of the answer. The header is nil if no answer came.
func (c *Client) exchange(ctx context.Context, s *session, call call, attempt int, secret string, authorize func(*http.Request)) (http.Header, *failure) {
	o := Observation{Token: s.key, Method: call.method, Path: call.path, Attempt: attempt}
	started := c.clock.Now()
	header, f := c.send(ctx, s, call, secret, authorize, &o)
	o.Duration = c.clock.Since(started)
	if f != nil {
		o.Code = apperr.CodeOf(f.err)
		if call.lookFirst && IsAmbiguous(f.err) {
			f.retry = false
		}
		c.schedule(f, attempt)
		o.Wait = f.wait
		c.log.LogAttrs(ctx, failureLevel(ctx), "request to Apple failed", o.attrs(f.err)...)
	} else {
		c.log.LogAttrs(ctx, debugLevel, "request to Apple", o.attrs(nil)...)
	}
	c.observe(o)
	return header, f
}

func (c *Client) send(ctx context.Context, s *session, call call, secret string, authorize func(*http.Request), o *Observation) (http.Header, *failure) {
	address := c.base.JoinPath(call.path)
	address.RawQuery = call.query.Encode()
	r, err := http.NewRequestWithContext(ctx, call.method, address.String(), bytes.NewReader(call.body))
	if err != nil {
		return nil, &failure{err: err}
	}
	r.Header.Set("User-Agent", c.userAgent)
	r.Header.Set("X-Server-Protocol-Version", protocolVersion)
	if call.body != nil {
		r.Header.Set("Content-Type", contentType)
	}
	authorize(r)
	res, err := c.http.Do(r)
	if err != nil {
		return nil, c.noAnswer(err)
	}
	defer res.Body.Close()
	o.Status = res.StatusCode
	body := &answerBody{source: res.Body}
	defer func() { o.Bytes = body.read }()

	if res.StatusCode == http.StatusOK {
		if err := call.decode(body); err != nil {
			return res.Header, c.unreadable(call, body, err)
		}
		return res.Header, nil
	}
	start, err := io.ReadAll(io.LimitReader(body, maxErrorBody))
	if err != nil {
		return res.Header, c.noAnswer(err)
	}
	answer := &AnswerError{
		Method: call.method, Path: call.path, Status: res.StatusCode,
		Body: keep(s.creds.redact(string(start), secret)),
	}
	if call.refused != nil {
		if err := call.refused(answer); err != nil {
			return res.Header, &failure{err: err}
		}
	}
	return res.Header, c.judge(answer, res.Header)
}

// retry makes attempts until one succeeds, fails for good, or the attempts are used up.
func (c *Client) retry(ctx context.Context, key string, call call, attempt func(ctx context.Context, n int) *failure) error {
	for n := 1; ; n++ {
		f := attempt(ctx, n)
		if f == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("%s %s of server token %s: %w", call.method, call.path, key, context.Cause(ctx))
		}
		if !f.retry {
			return f.err
		}
		timer := c.clock.NewTimer(f.wait)
		select {
		case <-timer.Chan():
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("%s %s of server token %s: %w", call.method, call.path, key, context.Cause(ctx))
		}
	}
}

// keep cuts text from outside to what the log holds.
func keep(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), maxKept)], "\ufffd")
}

// answerBody bounds and counts what is read of an answer, and remembers how reading ended.
type answerBody struct {
	source io.Reader
	read   int64
	first  byte  // of the body, to tell HTML
	err    error // other than io.EOF
}

var errAnswerTooLarge = errors.New("answer is larger than allowed")

func (b *answerBody) Read(p []byte) (int, error) {
	if int64(len(p)) > maxAnswer-b.read+1 {
		p = p[:maxAnswer-b.read+1]
	}
	n, err := b.source.Read(p)
	if b.read == 0 && n > 0 {
		b.first = p[0]
	}
	b.read += int64(n)
	if b.read > maxAnswer {
		err = errAnswerTooLarge
	}
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}
