//go:build tools

// Package guardmdm pins the code generators (and what only generated code imports) in go.mod.
package guardmdm

import (
	_ "ariga.io/atlas/sql/migrate"
	_ "ariga.io/atlas/sql/postgres"
	_ "ariga.io/atlas/sql/sqlite"
	_ "entgo.io/contrib/entgql"
	_ "entgo.io/ent/cmd/ent"
	_ "entgo.io/ent/entc"
	_ "github.com/99designs/gqlgen"
	_ "github.com/99designs/gqlgen/graphql/handler/transport"
	_ "github.com/alecthomas/kong"
	_ "github.com/coder/websocket"
	_ "github.com/fullsailor/pkcs7"
	_ "github.com/go-co-op/gocron/v2"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/jonboulle/clockwork"
	_ "github.com/klauspost/compress/zstd"
	_ "github.com/lib/pq"
	_ "github.com/micromdm/nanomdm/cmd/nanomdm" // the program that test/beside runs
	_ "github.com/tink-crypto/tink-go/v2/aead"
	_ "github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	_ "github.com/vektah/gqlparser/v2"
	_ "go.uber.org/goleak"
	_ "golang.org/x/crypto/argon2"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/sync/singleflight"
	_ "golang.org/x/time/rate"
	_ "gopkg.in/yaml.v3"
	_ "modernc.org/sqlite"
	_ "pgregory.net/rapid"
)
