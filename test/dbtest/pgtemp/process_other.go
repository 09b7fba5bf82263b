//go:build unix && !linux

package pgtemp

import "syscall"

func processAttributes(user *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: user}
}
