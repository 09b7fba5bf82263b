package assignment

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

// maxSample bounds the serial numbers that are told.
const maxSample = 100

// Disowned is what became of a device that was to be released from the organization.
type Disowned struct {
	Device  *ent.Device
	Status  assignmentresult.Status // PENDING: not known yet
	Message string
}

// Disown releases devices from the organization for good. The batch is stored before Apple is told, with every device PENDING, so that whatever
// happens then is looked up and kept; nothing is told twice. unknown are serial numbers of no present device. Errors: BadUserInput; Conflict for
// another number of devices than expected.
func (s *Service) Disown(ctx context.Context, serials []string, expected int) (batch *ent.AssignmentBatch, results []Disowned, unknown []string, err error) {
	if len(serials) == 0 || len(serials) > maxSerials {
		return nil, nil, nil, apperr.New(apperr.BadUserInput, "`serialNumbers` holds 1 to %d items, not %d.", maxSerials, len(serials)).WithField("serialNumbers")
	}
	var devices []*ent.Device
	err = s.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		batch, devices, unknown, err = s.beginDisown(ctx, tx, serials, expected)
		return err
	})
	if err != nil {
		return nil, nil, nil, err
	}
	// What was begun is carried to its end, also when the caller goes away.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	if results, err = s.settleDisown(ctx, batch.ID, devices, tellDisown); err != nil {
		return nil, nil, nil, store.MapError(err)
	}
	batch, err = s.db.Reader().AssignmentBatch.Get(ctx, batch.ID)
	return batch, results, unknown, store.MapError(err)
}

// beginDisown finds the devices, in the order in which they were named, and writes down what is going to be done.
func (s *Service) beginDisown(ctx context.Context, tx *store.Tx, serials []string, expected int) (batch *ent.AssignmentBatch, devices []*ent.Device, unknown []string, err error) {
	if err := keepRules(ctx, tx); err != nil {
		return nil, nil, nil, err
	}
	var named []string
	for _, serial := range serials {
		if serial = strings.ToUpper(strings.TrimSpace(serial)); !slices.Contains(named, serial) {
			named = append(named, serial)
		}
	}
	present, err := tx.Device.Query().Where(device.SerialNumberIn(named...), device.RemovedAtIsNil()).All(ctx)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("finding the devices to disown: %w", err)
	}
	bySerial := make(map[string]*ent.Device, len(present))
	for _, d := range present {
		bySerial[d.SerialNumber] = d
	}
	told := make([]string, 0, len(present))
	for _, serial := range named {
		switch d := bySerial[serial]; {
		case d != nil:
			devices, told = append(devices, d), append(told, serial)
		case len(unknown) < maxSample:
			unknown = append(unknown, serial)
		}
	}
	switch {
	case len(devices) == 0:
		return nil, nil, nil, apperr.New(apperr.BadUserInput, "Of %s, none is that of a device that is assigned to this server, %s for example. Nothing was done.", apperr.Count(len(named), "serial number"), named[0]).
			WithField("serialNumbers")
	case len(devices) != expected:
		return nil, nil, nil, apperr.New(apperr.Conflict, "%s %s meant, not %d. Nothing was done.", apperr.Count(len(devices), "device"), apperr.Word(len(devices), "is", "are"), expected).
			WithHint("This cannot be undone: look at the list again, and confirm its number.").WithField("expectedCount")
	}
	if batch, err = s.newBatch(ctx, tx, assignmentbatch.CauseDisown, "Released from the organization", 0); err != nil {
		return nil, nil, nil, err
	}
	pending := make([]resultChange, len(devices))
	for i, d := range devices {
		pending[i] = resultChange{batch.ID, d.ID, assignmentresult.StatusPending, ""}
	}
	if err := s.settleResults(ctx, tx, pending); err != nil {
		return nil, nil, nil, err
	}
	if err := tx.AssignmentBatch.UpdateOneID(batch.ID).SetDevices(len(devices)).Exec(ctx); err != nil {
		return nil, nil, nil, err
	}
	s.afterCommit(tx)
	return batch, devices, unknown, audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "disownDevices", ObjectID: batch.ID, ObjectName: batch.Title,
		After: map[string]any{"assignmentBatchId": batch.ID.String(), "devices": len(devices), "serialNumbers": told}})
}

// ask finds out what becomes of devices of one token. The error is the trouble with the token or with Apple, which says what became of none.
type ask func(ctx context.Context, conn *abm.Token, serials []string) (map[string]Disowned, error)

// settleDisown asks Apple token by token, and stores what became of the devices. An error says that nothing was stored.
func (s *Service) settleDisown(ctx context.Context, batch gid.ID, devices []*ent.Device, how ask) ([]Disowned, error) {
	byToken := map[gid.ID][]*ent.Device{}
	for _, d := range devices {
		byToken[d.AbmTokenID] = append(byToken[d.AbmTokenID], d)
	}
	became := make(map[gid.ID]Disowned, len(devices))
	for _, token := range slices.Sorted(maps.Keys(byToken)) {
		if err := s.settleDisownOf(ctx, batch, token, byToken[token], how, became); err != nil {
			return nil, err
		}
	}
	if err := s.endDisown(ctx, batch); err != nil {
		return nil, err
	}
	ids := make([]gid.ID, len(devices))
	for i, d := range devices {
		ids[i] = d.ID
	}
	now, err := s.db.Reader().Device.Query().Where(device.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	results := make([]Disowned, len(devices))
	for i, id := range ids {
		results[i] = became[id]
		for _, d := range now {
			if d.ID == id {
				results[i].Device = d
			}
		}
	}
	return results, nil
}

func (s *Service) settleDisownOf(ctx context.Context, batch, token gid.ID, devices []*ent.Device, how ask, became map[gid.ID]Disowned) error {
	serials := make([]string, len(devices))
	for i, d := range devices {
		serials[i] = d.SerialNumber
	}
	var words map[string]Disowned
	conn, credentials, err := s.Tokens.Connect(ctx, token)
	if err == nil {
		if words, err = how(ctx, conn, serials); err == nil || apperr.IsVerdict(err) {
			if observed := s.Tokens.Observe(ctx, token, credentials, err); observed != nil {
				s.log.WarnContext(ctx, "the token's state could not be stored", "token", token.String(), "error", observed)
			}
		}
	}
	refused := Disowned{Status: assignmentresult.StatusFailed, Message: "Apple could not be asked."}
	if e := apperr.As(err); e != nil {
		refused.Message = strings.TrimSpace(e.Message + " " + e.Hint)
	}
	// What Apple did is stored even while the process stops.
	end := context.WithoutCancel(ctx)
	return s.db.WithTx(end, func(ctx context.Context, tx *store.Tx) error {
		if err := keepRules(ctx, tx); err != nil {
			return err
		}
		var gone []gid.ID
		results := make([]resultChange, len(devices))
		for i, d := range devices {
			word, known := words[d.SerialNumber]
			if !known {
				word = refused
			}
			became[d.ID] = word
			results[i] = resultChange{batch, d.ID, word.Status, word.Message}
			if word.Status == assignmentresult.StatusSucceeded {
				gone = append(gone, d.ID)
			}
		}
		if len(gone) > 0 {
			slices.Sort(gone)
			by, err := tx.AssignmentBatch.Query().Where(assignmentbatch.ID(batch)).Select(assignmentbatch.FieldRequestedBy).String(ctx)
			if err != nil {
				return fmt.Errorf("reading who asked for it: %w", err)
			}
			if _, err := inventory.Disowned(ctx, tx, token, by, gone, s.clock.Now()); err != nil {
				return err
			}
			if err := s.evaluate(ctx, tx, gone, evaluation{}); err != nil {
				return err
			}
		}
		s.afterCommit(tx)
		return s.settleResults(ctx, tx, results)
	})
}

// endDisown ends a batch of which nothing is unknown any more.
func (s *Service) endDisown(ctx context.Context, batch gid.ID) error {
	return s.db.WithTx(context.WithoutCancel(ctx), func(ctx context.Context, tx *store.Tx) error {
		open, err := tx.AssignmentResult.Query().Where(assignmentresult.AssignmentBatchID(batch), assignmentresult.StatusEQ(assignmentresult.StatusPending)).Exist(ctx)
		if err != nil || open {
			return err
		}
		if err := tx.AssignmentBatch.UpdateOneID(batch).SetCounted(true).SetUpdatedAt(s.clock.Now().UTC()).Exec(ctx); err != nil {
			return err
		}
		s.afterCommit(tx)
		return s.finish(ctx, tx, batch)
	})
}

// tellDisown tells Apple, once. Where no answer comes, Apple is asked how the devices are.
func tellDisown(ctx context.Context, conn *abm.Token, serials []string) (map[string]Disowned, error) {
	words, err := conn.Disown(ctx, serials)
	switch {
	case err == nil:
		return readDisown(words, serials), nil
	case abm.IsAmbiguous(err) || ctx.Err() != nil:
		became, lookUp := lookForDisowned(ctx, conn, serials)
		if lookUp == nil {
			return became, nil
		}
		unknown := Disowned{Status: assignmentresult.StatusPending, Message: "No answer came from Apple. GuardMDM asks what became of the device until it is known."}
		became = make(map[string]Disowned, len(serials))
		for _, serial := range serials {
			became[serial] = unknown
		}
		return became, nil
	}
	return nil, err
}

// readDisown gives each device Apple's word of it. A device that Apple passes over in silence failed (field-notes 19).
func readDisown(words map[string]string, serials []string) map[string]Disowned {
	bySerial := make(map[string]string, len(words))
	for serial, word := range words {
		bySerial[strings.ToUpper(serial)] = strings.ToUpper(word)
	}
	became := make(map[string]Disowned, len(serials))
	for _, serial := range serials {
		switch word := bySerial[serial]; word {
		case abm.AssignSuccess:
			became[serial] = Disowned{Status: assignmentresult.StatusSucceeded}
		case abm.AssignNotAccessible:
			became[serial] = Disowned{Status: assignmentresult.StatusNotAccessible,
				Message: "Apple says that the device is not of this MDM server, or the server may not release devices: see its settings in Apple Business Manager."}
		case "":
			became[serial] = Disowned{Status: assignmentresult.StatusFailed, Message: "Apple's answer left the device out."}
		default:
			became[serial] = Disowned{Status: assignmentresult.StatusFailed, Message: fmt.Sprintf("Apple could not release the device (%.32s). Try again; after three failures ask Apple's support.", word)}
		}
	}
	return became
}

// lookForDisowned asks Apple which of the devices are still there.
func lookForDisowned(ctx context.Context, conn *abm.Token, serials []string) (map[string]Disowned, error) {
	details, err := conn.DeviceDetails(context.WithoutCancel(ctx), serials)
	if err != nil {
		return nil, err
	}
	became := make(map[string]Disowned, len(serials))
	for _, serial := range serials {
		switch d, listed := details[serial]; {
		case !listed:
			became[serial] = Disowned{Status: assignmentresult.StatusFailed, Message: "No answer came from Apple, and asked afterwards it left the device out. The next sync shows whether it is gone."}
		case d.ResponseStatus == abm.AssignNotAccessible:
			became[serial] = Disowned{Status: assignmentresult.StatusSucceeded, Message: "No answer came from Apple; asked afterwards, it no longer has the device."}
		default:
			became[serial] = Disowned{Status: assignmentresult.StatusFailed, Message: "No answer came from Apple, and the device is as it was."}
		}
	}
	return became, nil
}

// SettleDisowned finds out what became of devices of which no answer is stored: none came, or the process that waited for it died. Every replica may
// call it at any time.
func (s *Service) SettleDisowned(ctx context.Context) error {
	now := s.clock.Now().UTC()
	left, err := s.db.Reader().AssignmentBatch.Query().Where(assignmentbatch.StatusEQ(assignmentbatch.StatusRunning), assignmentbatch.CauseEQ(assignmentbatch.CauseDisown),
		assignmentbatch.UpdatedAtLT(now.Add(-belongs))).All(ctx)
	if err != nil {
		return err
	}
	for _, batch := range left {
		mine, err := s.db.Ent().AssignmentBatch.Update().Where(assignmentbatch.ID(batch.ID), assignmentbatch.UpdatedAt(batch.UpdatedAt)).SetUpdatedAt(now).Save(ctx)
		if err != nil || mine == 0 {
			return err
		}
		devices, err := s.db.Reader().Device.Query().Where(device.HasAssignmentResultsWith(assignmentresult.AssignmentBatchID(batch.ID),
			assignmentresult.StatusEQ(assignmentresult.StatusPending))).Order(device.ByID()).All(ctx)
		if err != nil {
			return err
		}
		if _, err := s.settleDisown(ctx, batch.ID, devices, lookForDisownedLater); err != nil {
			return err
		}
	}
	return nil
}

// lookForDisownedLater is lookForDisowned that leaves open what Apple does not say now.
func lookForDisownedLater(ctx context.Context, conn *abm.Token, serials []string) (map[string]Disowned, error) {
	became, err := lookForDisowned(ctx, conn, serials)
	if err == nil {
		return became, nil
	}
	became = make(map[string]Disowned, len(serials))
	for _, serial := range serials {
		became[serial] = Disowned{Status: assignmentresult.StatusPending, Message: "Apple does not say what became of the device. GuardMDM goes on asking."}
	}
	return became, nil
}
