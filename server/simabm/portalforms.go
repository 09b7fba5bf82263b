package simabm

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// changed is the answer for programs where there is nothing else to say.
type changed struct {
	Devices int `json:"devices"`
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 device " + what
	}
	return strconv.Itoa(n) + " devices " + what
}

func (p *portal) addOrganization(r *http.Request) (done, error) {
	o, err := p.sim.AddOrganization(r.PostFormValue("name"))
	if err != nil {
		return done{}, err
	}
	return done{to: overviewOf(o), notice: "Organization added", value: o.Info()}, nil
}

func overviewOf(o *Organization) string { return "./?org=" + url.QueryEscape(o.ID()) }

func (p *portal) setTerms(r *http.Request) (done, error) {
	o, err := p.organizationOf(r.PostFormValue("org"))
	if err != nil {
		return done{}, err
	}
	accepted, err := strconv.ParseBool(r.PostFormValue("accepted"))
	if err != nil {
		return done{}, badForm("accepted must be true or false")
	}
	o.SetTermsAccepted(accepted)
	notice := "Terms and conditions accepted"
	if !accepted {
		notice = "Acceptance of the terms and conditions withdrawn"
	}
	return done{to: overviewOf(o), notice: notice, value: o.Info()}, nil
}

func (p *portal) addPurchases(r *http.Request) (done, error) {
	o, err := p.organizationOf(r.PostFormValue("org"))
	if err != nil {
		return done{}, err
	}
	n, err := count(r)
	if err != nil {
		return done{}, err
	}
	serials, err := o.AddDevices(n)
	if err != nil {
		return done{}, err
	}
	return done{to: overviewOf(o), notice: plural(n, "purchased"), value: map[string]any{"devices": n, "serialNumbers": serials}}, nil
}

// count reads the number of devices a form is about.
func count(r *http.Request) (int, error) {
	n, err := strconv.Atoi(r.PostFormValue("count"))
	if err != nil || n < 1 {
		return 0, badForm("count must be a whole number from 1")
	}
	return n, nil
}

func (p *portal) setDefault(r *http.Request) (done, error) {
	o, err := p.organizationOf(r.PostFormValue("org"))
	if err != nil {
		return done{}, err
	}
	family := r.PostFormValue("family")
	if family == "" {
		return done{}, badForm("family is missing")
	}
	if err := o.SetDefaultServer(family, r.PostFormValue("server")); err != nil {
		return done{}, err
	}
	return done{to: overviewOf(o), notice: "Default server of " + family + " set", value: o.Info()}, nil
}

func certificate(r *http.Request) ([]byte, error) {
	file, err := upload(r, "certificate")
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}

func (p *portal) addServer(r *http.Request) (done, error) {
	o, err := p.organizationOf(r.PostFormValue("org"))
	if err != nil {
		return done{}, err
	}
	cert, err := certificate(r)
	if err != nil {
		return done{}, err
	}
	sv, err := o.AddServer(r.PostFormValue("name"), cert)
	if err != nil {
		return done{}, err
	}
	return done{to: pageOf(sv), notice: "MDM server added. Download its server token next.", value: sv.Info()}, nil
}

func pageOf(sv *Server) string { return "servers/" + sv.ID() }

// editServer changes what is in the form and leaves the rest.
func (p *portal) editServer(r *http.Request) (done, error) {
	sv, err := p.serverOf(r)
	if err != nil {
		return done{}, err
	}
	for field, set := range map[string]func(bool){"release_allowed": sv.SetReleaseAllowed, "access_denied": sv.SetAccessDenied} {
		if text := r.PostFormValue(field); text != "" {
			v, err := strconv.ParseBool(text)
			if err != nil {
				return done{}, badForm(field + " must be true or false")
			}
			set(v)
		}
	}
	if r.PostForm.Has("name") {
		if err := sv.Rename(r.PostFormValue("name")); err != nil {
			return done{}, err
		}
	}
	return done{to: pageOf(sv), notice: "Saved", value: sv.Info()}, nil
}

func (p *portal) replaceCertificate(r *http.Request) (done, error) {
	sv, err := p.serverOf(r)
	if err != nil {
		return done{}, err
	}
	cert, err := certificate(r)
	if err != nil {
		return done{}, err
	}
	if err := sv.ReplaceCertificate(cert); err != nil {
		return done{}, err
	}
	return done{to: pageOf(sv), notice: "Public key replaced. Download a new server token.", value: sv.Info()}, nil
}

func (p *portal) downloadToken(r *http.Request) (done, error) {
	sv, err := p.serverOf(r)
	if err != nil {
		return done{}, err
	}
	token, name, err := download(sv, r)
	if err != nil {
		return done{}, err
	}
	return done{file: token, fileName: name, value: map[string]any{"filename": name, "contentBase64": token}}, nil
}

func download(sv *Server, r *http.Request) (token []byte, name string, err error) {
	given := r.PostFormValue("life")
	if given == "" {
		return sv.DownloadTokenAs(TokenQuirk(r.PostFormValue("quirk")))
	}
	life, err := time.ParseDuration(given)
	if err != nil {
		return nil, "", badForm("life must be a duration such as 480h or 90s")
	}
	return sv.DownloadTokenFor(life)
}

func (p *portal) revokeToken(r *http.Request) (done, error) {
	sv, err := p.serverOf(r)
	if err != nil {
		return done{}, err
	}
	sv.RevokeToken()
	return done{to: pageOf(sv), notice: "Server token revoked", value: sv.Info()}, nil
}

// toList leads back to the list a form was on; only its query is taken from the form.
func toList(r *http.Request) string {
	back, _ := url.ParseQuery(r.PostFormValue("back"))
	return "devices?" + parseDeviceQuery(back).values(parseDeviceQuery(back).After).Encode()
}

// selected are the serial numbers ticked in a list, or all of those that it showed.
func selected(r *http.Request) ([]string, error) {
	field := "serial"
	if r.PostFormValue("all") != "" {
		field = "shown"
	}
	if serials := r.PostForm[field]; len(serials) > 0 {
		return serials, nil
	}
	return nil, badForm("select at least one device")
}

// onSelected makes an action of a change to the selected devices.
func (p *portal) onSelected(r *http.Request, what string, change func(...string) error) (done, error) {
	serials, err := selected(r)
	if err != nil {
		return done{}, err
	}
	if err := change(serials...); err != nil {
		return done{}, err
	}
	return done{to: toList(r), notice: plural(len(serials), what), value: changed{len(serials)}}, nil
}

func (p *portal) assignSelected(r *http.Request) (done, error) {
	return p.onSelected(r, "assigned", func(serials ...string) error {
		return p.sim.Assign(r.PostFormValue("server"), serials...)
	})
}

func (p *portal) unassignSelected(r *http.Request) (done, error) {
	return p.onSelected(r, "unassigned", p.sim.Unassign)
}

func (p *portal) activateSelected(r *http.Request) (done, error) {
	return p.onSelected(r, "activated", p.sim.Activate)
}

func (p *portal) releaseSelected(r *http.Request) (done, error) {
	return p.onSelected(r, "released from the organization", p.sim.Release)
}

func (p *portal) assignCount(r *http.Request) (done, error) {
	n, err := count(r)
	if err != nil {
		return done{}, err
	}
	id := r.PostFormValue("server")
	serials, err := p.sim.AssignCount(id, n)
	if err != nil {
		return done{}, err
	}
	return done{
		to: "servers/" + url.PathEscape(id), notice: plural(len(serials), "assigned"),
		value: map[string]any{"devices": len(serials), "serialNumbers": serials},
	}, nil
}

func (p *portal) assignCSV(r *http.Request) (done, error) {
	file, err := upload(r, "file")
	if err != nil {
		return done{}, err
	}
	defer func() { _ = file.Close() }()
	id := r.PostFormValue("server")
	result, err := p.sim.AssignCSV(id, file)
	if err != nil {
		return done{}, err
	}
	notice := fmt.Sprintf("%d rows: %d assigned, %d there already, %d repeated, %d unknown",
		result.Rows, result.Assigned, result.Unchanged, result.Duplicates, result.UnknownCount)
	return done{to: "servers/" + url.PathEscape(id), notice: notice, value: result}, nil
}

func (p *portal) replaceDevice(r *http.Request) (done, error) {
	fresh, err := p.sim.Replace(r.PostFormValue("serial"))
	if err != nil {
		return done{}, err
	}
	return done{to: "devices/" + fresh, notice: "Replaced by this unit", value: map[string]string{"serialNumber": fresh}}, nil
}

// editDevice changes what is in the form and leaves the rest.
func (p *portal) editDevice(r *http.Request) (done, error) {
	serial := r.PostFormValue("serial")
	var deadline time.Time
	if text := r.PostFormValue("mdm_migration_deadline"); text != "" {
		var err error
		if deadline, err = time.Parse(time.DateOnly, text); err != nil {
			return done{}, badForm("mdm_migration_deadline must be a date such as 2026-09-15")
		}
	}
	err := p.sim.Modify(serial, func(d *Device) {
		for field, value := range map[string]*string{"asset_tag": &d.AssetTag, "color": &d.Color, "description": &d.Description} {
			if r.PostForm.Has(field) {
				*value = r.PostFormValue(field)
			}
		}
		if r.PostForm.Has("mdm_migration_deadline") {
			d.MDMMigrationDeadline = deadline
		}
	})
	if err != nil {
		return done{}, err
	}
	return done{to: "devices/" + url.PathEscape(serial), notice: "Saved", value: changed{1}}, nil
}
