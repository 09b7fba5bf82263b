package store

import (
	"strings"
	"syscall"
	"time"
)

// userTimeout is how long sent bytes may stay unacknowledged. The kernel's own patience is a quarter of an hour, in which a
// sync that stands in the middle of a page would neither go on nor end.
const userTimeout = 30 * time.Second

// tcpUserTimeout is TCP_USER_TIMEOUT, which package syscall does not name.
const tcpUserTimeout = 0x12

// giveUpUnanswered has the kernel end a TCP connection whose peer does not acknowledge what it is sent.
func giveUpUnanswered(network, _ string, c syscall.RawConn) error {
	if !strings.HasPrefix(network, "tcp") {
		return nil
	}
	var set error
	err := c.Control(func(fd uintptr) {
		set = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout, int(userTimeout.Milliseconds()))
	})
	if err == nil {
		err = set
	}
	return err
}
