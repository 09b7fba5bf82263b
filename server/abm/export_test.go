package abm

import "runtime"

// AwaitCallers returns when n calls wait for the token's session.
func AwaitCallers(t *Token, n int) {
	for {
		t.session.mu.Lock()
		waiting := 0
		if t.session.opening != nil {
			waiting = t.session.opening.waiting
		}
		t.session.mu.Unlock()
		if waiting >= n {
			return
		}
		runtime.Gosched()
	}
}
