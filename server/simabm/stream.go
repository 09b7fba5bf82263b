package simabm

// operation is Apple's op_type.
type operation uint8

const (
	opNone operation = iota // a fetch answer, which carries no operation
	opAdded
	opModified
	opDeleted
)

func (op operation) String() string {
	switch op {
	case opAdded:
		return "added"
	case opModified:
		return "modified"
	case opDeleted:
		return "deleted"
	default:
		return ""
	}
}

// event is one line of a server's stream. Sync shows the device as it is now, not as it was: the newest line of a
// device is right, and older ones are superseded by it.
type event struct {
	device uint32
	at     uint32
	op     operation
}

// page is a part of a server's devices or of its stream.
type page struct {
	lines []event
	next  position
	more  bool
}

// fetchPage collects devices from a position on. The walk ends at the members that were there when the fetch began.
// A device that came later, or left and came back, has its events after position.events: sync, which begins there,
// tells of it. One that stayed is always found, also when it was modified in between: clients sweep what a complete
// fetch did not name. So the pages together with the sync after them are the truth.
func (s *Simulator) fetchPage(sv *Server, from position, limit int) page {
	p := page{lines: make([]event, 0, limit), next: from}
	place := from.place
	for ; place < from.end && len(p.lines) < limit; place++ {
		if i := sv.members[place]; s.fleet.onServer(i, sv.no, place) {
			p.lines = append(p.lines, event{device: i})
		}
	}
	for place < from.end && !s.fleet.onServer(sv.members[place], sv.no, place) {
		place++
	}
	p.next.place = place
	p.more = place < from.end
	if !p.more {
		p.next.phase = phaseSync
	}
	return p
}

// syncPage collects events from a position on.
func (sv *Server) syncPage(from position, limit int) page {
	end := min(from.events+uint32(limit), uint32(len(sv.events)))
	p := page{lines: append([]event(nil), sv.events[from.events:end]...), next: from}
	p.next.events = end
	p.more = int(end) < len(sv.events)
	return p
}
