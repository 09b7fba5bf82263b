package simabm

import "encoding/json"

// pen writes devices as JSON at a protocol version. It is written out by hand because a page of a thousand has to
// take little of the time that a load test measures in its client.
type pen struct {
	fleet   *fleet
	server  uint32
	version int
	fx      effects
}

// device writes one line of a page. A device that is on the server is shown as it is now; one that has left, and
// every deletion, with what names it only, as Apple does.
func (p pen) device(b []byte, line event) []byte {
	r := &p.fleet.records[line.device]
	b = append(b, `{"serial_number":"`...)
	b = append(b, r.serial.bytes()...)
	b = append(b, '"')
	if here := r.server == p.server && line.op != opDeleted; here {
		b = p.present(b, line.device)
	} else {
		b = p.kind(b, &p.fleet.variants[r.variant], line.device)
	}
	if line.op != opNone {
		op := line.op.String()
		if p.fx.unknownValues && line.op == opModified {
			op = "refreshed"
		}
		b = p.text(b, "op_type", op)
		b = appendTime(append(b, `,"op_date":`...), line.at)
	}
	if line.op == opDeleted && r.replaced && p.version >= 10 {
		b = append(b, `,"released_by_replacement":true`...)
	}
	if p.fx.unknownFields {
		b = append(b, `,"x_sustainability":{"battery":[1,2,{"cycles":null}]}`...)
	}
	return append(b, '}')
}

// kind writes the model, its family and its system.
func (p pen) kind(b []byte, v *variant, device uint32) []byte {
	b = p.text(b, "model", v.model)
	if p.version < 2 {
		return b
	}
	os := v.os
	switch {
	case os == "iPadOS" && p.version < 7:
		os = "iOS"
	case p.fx.unknownValues && device%10 == 0:
		os += "Next"
	}
	b = p.text(b, "device_family", v.family)
	return p.text(b, "os", os)
}

func (p pen) present(b []byte, i uint32) []byte {
	f := p.fleet
	r := &f.records[i]
	v := &f.variants[r.variant]
	b = p.kind(b, v, i)
	b = p.text(b, "description", v.description)
	b = p.text(b, "color", v.color)
	if r.assetTag != textNone {
		b = p.text(b, "asset_tag", f.texts[r.assetTag])
	}
	status := f.texts[r.status]
	switch {
	case r.status == textEmpty && p.fx.emptyStatus:
		status = ""
	case r.status == textEmpty && p.fx.unknownValues:
		status = "on_hold"
	}
	b = p.text(b, "profile_status", status)
	if r.profile != textNone {
		b = p.text(b, "profile_uuid", f.texts[r.profile])
	}
	b = p.time(b, "profile_assign_time", r.profileAt)
	b = p.time(b, "profile_push_time", r.pushedAt)
	b = p.time(b, "device_assigned_date", r.assignedAt)
	b = p.text(b, "device_assigned_by", f.texts[r.assignedBy])
	if p.version >= 8 {
		b = p.time(b, "mdm_migration_deadline", f.deadlines[i])
	}
	if p.version >= 10 {
		b = p.hardware(b, i, v.traits)
	}
	return b
}

// hardware writes what protocol version 10 added.
func (p pen) hardware(b []byte, i uint32, t traits) []byte {
	b = append(appendMAC(append(b, `,"wifi_mac_address":"`...), i, 0), '"')
	b = append(appendMAC(append(b, `,"bluetooth_mac_address":"`...), i, 1), '"')
	if t&traitEthernet != 0 {
		b = append(appendMAC(append(b, `,"ethernet_mac_address":"`...), i, 2), '"')
	}
	if t&traitCellular != 0 {
		b = append(appendEID(append(b, `,"eid":"`...), i), '"')
		b = appendIMEI(append(b, `,"imei":["`...), i, 0)
		b = append(appendIMEI(append(b, `","`...), i, 1), `"]`...)
	}
	if _, replaces := p.fleet.replacements[i]; replaces {
		b = append(b, `,"is_replacement_device":true`...)
	}
	return b
}

func (p pen) text(b []byte, key, value string) []byte {
	b = append(b, ',', '"')
	b = append(b, key...)
	b = append(b, `":`...)
	return appendString(b, value)
}

func (p pen) time(b []byte, key string, sec uint32) []byte {
	if sec == 0 {
		return b
	}
	b = append(b, ',', '"')
	b = append(b, key...)
	return appendTime(append(b, `":`...), sec)
}

// appendString writes a JSON string; only texts that people edited need escapes.
func appendString(b []byte, value string) []byte {
	for i := range len(value) {
		if c := value[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, err := json.Marshal(value)
			if err != nil {
				quoted = []byte(`""`)
			}
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, value...)
	return append(b, '"')
}
