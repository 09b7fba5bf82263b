package graph

import (
	"encoding/json"

	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/diagnosis"
)

// diagnoses shows what was found.
func diagnoses(found []*diagnosis.Finding) ([]*model.Diagnosis, error) {
	models := make([]*model.Diagnosis, len(found))
	for i, f := range found {
		m := &model.Diagnosis{Key: f.Key(), Code: f.Code, Severity: model.DiagnosisSeverity(f.Severity), Symptom: f.Symptom, Cause: f.Cause,
			Evidence: append([]string{}, f.Evidence...), SinceAt: f.Since, AffectedDevices: f.Devices, AbmToken: f.Token, AdeProfile: f.Profile,
			Fix: &model.DiagnosisFix{Text: f.Fix.Text, Actions: []*model.DiagnosisAction{}}}
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
		for _, a := range f.Fix.Actions {
			m.Fix.Actions = append(m.Fix.Actions, &model.DiagnosisAction{Kind: model.DiagnosisActionKind(a), Role: a.Role()})
		}
		models[i] = m
	}
	return models, nil
}
