package graph

import (
	"context"
	"encoding/json"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/diagnosis"
)

// report is what is wrong with a token, or at all. Who asks for the findings and for what is in order with one operation gets both from one look.
func (r *Resolver) report(ctx context.Context, abmTokenID *gid.ID) (*diagnosis.Report, error) {
	var token gid.ID
	if abmTokenID != nil {
		if err := r.tokenExists(ctx, *abmTokenID); err != nil {
			return nil, err
		}
		token = *abmTokenID
	}
	known := &readOnce(ctx).reports
	known.mu.Lock()
	defer known.mu.Unlock()
	if report, ok := known.read[token]; ok {
		return report, nil
	}
	report, err := r.Diagnoses.Find(ctx, token)
	if err != nil {
		return nil, err
	}
	if known.read == nil {
		known.read = map[gid.ID]*diagnosis.Report{}
	}
	known.read[token] = report
	return report, nil
}

// diagnoses shows what was found.
func diagnoses(found []*diagnosis.Finding) ([]*model.Diagnosis, error) {
	models := make([]*model.Diagnosis, len(found))
	for i, f := range found {
		m := &model.Diagnosis{Key: f.Key(), Code: f.Code, Severity: model.DiagnosisSeverity(f.Severity), Symptom: f.Symptom, Cause: f.Cause,
			Evidence: append([]string{}, f.Evidence...), SinceAt: f.Since, AffectedDevices: f.Devices, AbmToken: f.Token, AdeProfile: f.Profile, OtherMdm: f.OtherMDM,
			ExampleSerialNumbers: append([]string{}, f.Examples...), Fix: fixOf(f.Fix)}
		if f.Platform != "" {
			m.Platform = &f.Platform
		}
		if f.Where != nil {
			text, err := json.Marshal(f.Where)
			if err != nil {
				return nil, err
			}
			m.AffectedWhere = text
		}
		models[i] = m
	}
	return models, nil
}

func passedChecks(passed []*diagnosis.Check) []*model.DiagnosisCheck {
	models := make([]*model.DiagnosisCheck, len(passed))
	for i, c := range passed {
		models[i] = &model.DiagnosisCheck{Code: c.Code, Name: c.Name, Detail: c.Detail}
	}
	return models
}

func fixOf(f diagnosis.Fix) *model.DiagnosisFix {
	m := &model.DiagnosisFix{Text: f.Text, Actions: []*model.DiagnosisAction{}}
	for _, a := range f.Actions {
		m.Actions = append(m.Actions, &model.DiagnosisAction{Kind: model.DiagnosisActionKind(a), Role: a.Role()})
	}
	return m
}

// walkOf shows a device's way.
func walkOf(w *diagnosis.Walk) *model.DeviceDiagnosis {
	m := &model.DeviceDiagnosis{SerialNumber: w.Serial, Device: w.Device, AbmToken: w.Token, AdeProfile: w.Profile}
	for _, s := range w.Steps {
		m.Steps = append(m.Steps, &model.DeviceDiagnosisStep{Kind: model.DeviceDiagnosisStepKind(s.Kind), Verdict: model.DeviceDiagnosisVerdict(s.Verdict),
			Text: s.Text, Evidence: append([]string{}, s.Evidence...), At: s.At, Fix: fixOf(s.Fix)})
	}
	if w.Stands != nil {
		kind := model.DeviceDiagnosisStepKind(w.Stands.Kind)
		m.StandsAt = &kind
	}
	return m
}
