package graph_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// forPrograms are the fields that neither the dashboard nor an example of the documentation asks for, by the reason why programs have them.
var forPrograms = map[string][]string{
	"an identifier beside its edge: lists can be joined by it without asking for the other thing": {
		"ADEProfileVersion.adeProfileId", "AssignmentBatch.adeProfileId", "AssignmentResult.assignmentBatchId", "AssignmentResult.deviceId",
		"Device.abmTokenId", "DeviceEvent.deviceId", "DeviceGroup.adeProfileId", "MDMCommand.commandBatchId",
	},
	"names the same thing elsewhere: at Apple, in the protocol, in a certificate": {
		"ABMToken.serverUuid", "ABMToken.orgType", "DeviceCertificateAuthority.certificatePem", "IdentityCertificate.subject", "IdentityCertificate.udid",
		"MDMCommand.commandUuid", "OtherMDMProfile.checkInUrl", "OtherMDMProfile.checksOut", "OtherMDMProfile.identifier", "OtherMDMProfile.signedBy",
	},
	"a time or state to watch and to alert by": {
		"ABMToken.expiryAlert", "ABMToken.expiryAlertAt", "ABMToken.lastFullSyncAt", "ABMToken.runningSync", "ABMToken.stateChangedAt", "ABMToken.updatedAt",
		"ADEProfile.createdAt", "DefaultADEProfile.updatedAt", "DeviceCertificateAuthority.firstSeenAt", "DeviceEnrollment.status", "DeviceGroup.createdAt",
		"DeviceGroup.updatedAt", "DeviceCertificateAuthority.startsAt",
		"EnrollmentRefusal.firstAt", "EnrollmentSigningCertificate.startsAt", "IdentityCertificate.startsAt", "MDMCommandAnswer.answeredAt", "PushCertificate.notBefore", "OtherMDM.createdAt", "OtherMDM.deletedAt",
		"OtherMDM.updatedAt", "OtherMDM.webhookSecretAt", "User.createdAt", "User.disabledAt",
	},
	"what a caller learns of its own request": {
		"AddDevicesToGroupPayload.deviceGroup", "AssignADEProfilePayload.unknownSerialNumbers", "AssignmentPreview.unknownSerialNumbers",
		"DeleteABMTokenPayload.deletedId", "DeleteADEProfilePayload.deletedId", "DeleteDeviceGroupPayload.deletedId", "DeleteOtherMDMPayload.deletedId",
		"RemoveEnrollmentSigningCertificatePayload.isSigned", "RemoveUserPayload.removedId", "SignOutEverywherePayload.sessionsEnded",
		"ClearADEProfilePayload.unknownSerialNumbers", "DisownResult.device", "RemoveDevicesFromGroupPayload.deviceGroup",
		"SendCommandPayload.unknownSerialNumbers", "UnassignADEProfilePayload.unknownSerialNumbers", "UpdateADEProfilePayload.assignmentBatch", "Viewer.kind",
	},
	"an imported list, which the dashboard knows from the answer to its upload (docs/api/import.md)": {
		"Query.serialList", "SerialList.createdAt", "SerialList.duplicates", "SerialList.expiresAt", "SerialList.id", "SerialList.invalid",
		"SerialList.known", "SerialList.unknown", "SerialList.unknownSample",
	},
	"kept numbers, for reports": {"Query.unassignedDevices"},
	"says in one word what the dashboard reads from other fields": {
		"Device.appleProfile", "DeviceGroup.deviceCountIsExact", "Diagnosis.otherMdm", "Diagnosis.platform", "PublicURL.needsConfirmation",
	},
	"Relay": {"Node.id", "PageInfo.hasPreviousPage", "Query.nodes"},
}

// TestFieldsAreUsed fails for a field that nothing of ours reads, so that it is either wanted and said so, or goes.
func TestFieldsAreUsed(t *testing.T) {
	s := schema(t)
	used := usedFields(t, s)
	reasons := map[string]string{}
	for reason, names := range forPrograms {
		for _, name := range names {
			reasons[name] = reason
		}
	}
	for _, d := range types(s) {
		if d.Kind != ast.Object && d.Kind != ast.Interface {
			continue
		}
		for _, f := range fields(d) {
			name := d.Name + "." + f.Name
			_, listed := reasons[name]
			delete(reasons, name)
			switch {
			case used[name] && listed:
				t.Errorf("%s is used: take it off forPrograms", name)
			case !used[name] && !listed && !ofConnection(d.Name, f.Name):
				t.Errorf("%s is asked for by no document of the dashboard and no example of docs/api: remove it, or say in forPrograms why it is there", name)
			}
		}
	}
	for name := range reasons {
		t.Errorf("forPrograms names %s, which does not exist", name)
	}
}

// ofConnection tells whether each connection has the field, by Relay's rules.
func ofConnection(typeName, field string) bool {
	return strings.HasSuffix(typeName, "Edge") || strings.HasSuffix(typeName, "Connection") && (field == "edges" || field == "totalCount")
}

// usedFields are those that the dashboard's operations and the documentation's examples select.
func usedFields(t *testing.T, s *ast.Schema) map[string]bool {
	t.Helper()
	texts := dashboardDocuments(t)
	for _, pattern := range []string{"../docs/api/examples/*.graphql", "../docs/api/examples/explorer/*.graphql"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no examples: %v", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(text))
		}
	}
	used := map[string]bool{}
	for _, text := range texts {
		selectFields(t, s, text, used)
	}
	return used
}

func dashboardDocuments(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile("../frontend/src/gql/persisted-documents.json")
	if err != nil {
		t.Fatal(err)
	}
	var documents map[string]string
	if err := json.Unmarshal(content, &documents); err != nil {
		t.Fatal(err)
	}
	return slices.Collect(maps.Values(documents))
}

// selectFields adds what a document selects.
func selectFields(t *testing.T, s *ast.Schema, text string, used map[string]bool) {
	t.Helper()
	document, errs := gqlparser.LoadQuery(s, text)
	if errs != nil {
		t.Fatalf("%v: %s", errs, text)
	}
	for _, o := range document.Operations {
		collect(o.SelectionSet, used)
	}
	for _, f := range document.Fragments {
		collect(f.SelectionSet, used)
	}
}

func collect(selections ast.SelectionSet, used map[string]bool) {
	for _, selection := range selections {
		switch selection := selection.(type) {
		case *ast.Field:
			used[selection.ObjectDefinition.Name+"."+selection.Name] = true
			collect(selection.SelectionSet, used)
		case *ast.InlineFragment:
			collect(selection.SelectionSet, used)
		}
	}
}

var (
	template = regexp.MustCompile("(?s)graphql\\(\\s*`[^`]*`")
	word     = regexp.MustCompile(`\w+`)
)

// TestDashboardReadsWhatItAsksFor fails for a field that an operation selects and whose name no code of the dashboard knows: it would be looked up for nothing.
func TestDashboardReadsWhatItAsksFor(t *testing.T) {
	s := schema(t)
	known := map[string]bool{"id": true} // by which the client's cache knows things
	err := filepath.WalkDir("../frontend/src", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".ts") && !strings.HasSuffix(path, ".tsx") || strings.Contains(path, "/gql/") || strings.Contains(path, ".test.") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, name := range word.FindAll(template.ReplaceAll(text, nil), -1) {
			known[string(name)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, text := range dashboardDocuments(t) {
		selectFields(t, s, text, used)
	}
	for name := range used {
		typeName, field, _ := strings.Cut(name, ".")
		f := s.Types[typeName].Fields.ForName(field)
		leaf := f != nil && s.Types[f.Type.Name()].IsLeafType() // others have fields themselves, or tell the client's cache what changed
		if leaf && !known[field] {
			t.Errorf("the dashboard asks for %s, and reads it nowhere", name)
		}
	}
}
