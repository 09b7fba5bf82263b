package inventory

import (
	"time"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// row is a device as it is stored.
type row struct {
	*attributes // shared with the record or row that it came from: never written to
	ID          int64
	ABMTokenID  int64
	AppleOpAt   timestamp
	AddedAt     timestamp
	ChangedAt   timestamp
	RemovedAt   timestamp

	was *row // as it was read; guards the update
}

// verdict is what a record means for its row.
type verdict int

const (
	unchanged verdict = iota // the row says so already, or knows better
	noted                    // as the row says, by a newer event: only the event's time is kept, to know older ones
	added                    // new, came back, or moved here
	modified
	removed
)

// decide tells what a record of token's stream means, and the row it leads to. stored is nil for a serial number that was
// never seen.
func decide(stored *row, r *Record, token gid.ID, now time.Time) (verdict, row) {
	if stored == nil {
		if r.op == opDeleted {
			return unchanged, row{} // it came and went before we looked
		}
		return added, row{
			attributes: &r.attributes, ABMTokenID: int64(token), AppleOpAt: at(r.opAt), AddedAt: at(now), ChangedAt: at(now),
		}
	}
	here := stored.ABMTokenID == int64(token)
	if stale(stored, r, here) {
		return unchanged, *stored
	}
	next := *stored
	if !r.opAt.IsZero() {
		next.AppleOpAt = at(r.opAt)
	}
	if r.op == opDeleted {
		if !here {
			return unchanged, *stored // a device that moved is deleted from its old stream, perhaps after it came here
		}
		if stored.RemovedAt.set {
			return note(stored, next)
		}
		next.RemovedAt = at(now)
		if !r.opAt.IsZero() {
			next.RemovedAt = at(r.opAt)
		}
		next.ChangedAt = at(now)
		return removed, next
	}
	next.attributes = &r.attributes
	next.ABMTokenID = int64(token)
	next.RemovedAt = timestamp{}
	switch {
	case !here || stored.RemovedAt.set:
		next.AddedAt, next.ChangedAt = at(now), at(now)
		return added, next
	case onlyAssignTime(next.attributes, stored.attributes):
		return noted, next
	case *next.attributes != *stored.attributes:
		next.ChangedAt = at(now)
		return modified, next
	}
	return note(stored, next)
}

// note is the verdict of a record that says nothing new: no change and no event (field-notes 9).
func note(stored *row, next row) (verdict, row) {
	if next.AppleOpAt != stored.AppleOpAt {
		return noted, next
	}
	return unchanged, *stored
}

// stale reports whether the row knows something newer than the record. Events come repeated and out of order
// (field-notes 4), and two streams may both speak of a device that moved: the newest word wins.
func stale(stored *row, r *Record, here bool) bool {
	known := stored.AppleOpAt.time()
	if assigned := stored.DeviceAssignedAt.time(); assigned.After(known) {
		known = assigned
	}
	said := r.opAt
	if said.IsZero() {
		if here {
			return false // a full fetch is the present state of its own stream
		}
		said = r.DeviceAssignedAt.time()
		if said.IsZero() || stored.RemovedAt.set {
			return false
		}
	}
	return said.Before(known)
}

// onlyAssignTime reports whether two descriptions differ in nothing but when Apple took the same profile. When GuardMDM assigns one, the
// row holds the time of the answer until Apple says its own: that is no change of the device.
func onlyAssignTime(next, stored *attributes) bool {
	if next.AppleProfileAssignedAt == stored.AppleProfileAssignedAt || next.AppleProfileUUID == "" || !next.AppleProfileAssignedAt.set {
		return false
	}
	same := *next
	same.AppleProfileAssignedAt = stored.AppleProfileAssignedAt
	return same == *stored
}
