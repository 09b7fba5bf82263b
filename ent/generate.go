// Package ent is the generated access to the database; only schema, template, gid, migrate's SQL and entc.go are written by hand.
package ent

//go:generate go run -mod=mod entc.go
