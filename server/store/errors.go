package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// MapError turns an error of Ent or of a database into an *apperr.Error: NotFound, Conflict (there is one already, or
// something still refers to it), BadUserInput (Ent's validators), Unavailable (no connection). The messages are general:
// whoever knows the object says it better. Errors that are *apperr.Error already, the context's, and everything else come
// back as they are.
func MapError(err error) error {
	switch {
	case err == nil, apperr.As(err) != nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case ent.IsNotFound(err), errors.Is(err, sql.ErrNoRows):
		return apperr.Wrap(err, apperr.NotFound, "This object does not exist.")
	case IsUnique(err):
		return apperr.Wrap(err, apperr.Conflict, "An object with this name or key exists already.")
	case isForeignKey(err):
		return apperr.Wrap(err, apperr.Conflict, "The object that this one refers to does not exist, or this one is still referred to.")
	case isLost(err):
		return apperr.Wrap(err, apperr.Unavailable, "The database cannot be reached.").WithHint("Try again in a moment.")
	}
	if v, ok := errors.AsType[*ent.ValidationError](err); ok {
		return apperr.Wrap(err, apperr.BadUserInput, "The value of %s is not valid.", v.Name).WithField(v.Name)
	}
	return err
}

// IsUnique tells whether a unique index refused the row.
func IsUnique(err error) bool {
	return pq.As(err, pqerror.UniqueViolation) != nil ||
		isSQLite(err, sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

func isForeignKey(err error) bool {
	return pq.As(err, pqerror.ForeignKeyViolation) != nil || isSQLite(err, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY)
}

func isLost(err error) bool {
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || pq.As(err, pqerror.AdminShutdown, pqerror.CrashShutdown,
		pqerror.CannotConnectNow, pqerror.TooManyConnections, pqerror.ConnectionException, pqerror.ConnectionFailure, pqerror.IdleInTransactionSessionTimeout) != nil
}

func isSQLite(err error, codes ...int) bool {
	lite, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	for _, c := range codes {
		if lite.Code() == c {
			return true
		}
	}
	return false
}
