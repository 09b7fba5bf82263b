package devicegroup_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var began = time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func tokens(t testing.TB, db *store.Store, n int) []*ent.ABMToken {
	t.Helper()
	list := make([]*ent.ABMToken, n)
	for i := range list {
		list[i] = db.Ent().ABMToken.Create().SetName(fmt.Sprint("token ", i)).SetState(abmtoken.StateActive).
			SetStateChangedAt(began).SetCreatedAt(began).SetUpdatedAt(began).SaveX(t.Context())
	}
	return list
}

func recount(t testing.TB, db *store.Store) {
	t.Helper()
	must(t, db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for _, id := range tx.ABMToken.Query().IDsX(ctx) {
			if err := inventory.Recount(ctx, tx, id, time.Now()); err != nil {
				return err
			}
		}
		return nil
	}))
}

// words are texts that a comparison gets wrong if it can: wildcards, cases, letters beyond A to Z, beginnings of each other.
var words = []string{"", "a", "A", "ab", "Ab%", "a_b", "aXb", "%", "_", `\`, `a\%b`, "é", "É", "ÉCOLE a", "école A", "straße", "STRASSE", "ı", "İ", "K", "k", "iPhone 15", "IPHONE 15", "SPACE GRAY", "'", `"`, "a'b--", "日本", "  a"}

var serials = []string{"C02", "C02A", "C02Z", "C02ZZ9", "C03", "F9", "F9F", "Z", "ZZ", "ZZZ", "9", "99", "0"}

func platforms() []device.Platform {
	return []device.Platform{device.PlatformIOS, device.PlatformIPadOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformUnknown}
}

// holds is what a rule means, by itself.
func holds(r devicegroup.Rule, d *ent.Device) bool {
	not := func(r devicegroup.Rule) bool { return !holds(r, d) }
	is := func(r devicegroup.Rule) bool { return holds(r, d) }
	switch {
	case r.All != nil:
		return !slices.ContainsFunc(r.All, not)
	case r.Any != nil:
		return slices.ContainsFunc(r.Any, is)
	case r.Not != nil:
		return !holds(*r.Not, d)
	}
	if r.Field == devicegroup.AddedAt {
		at, _ := time.Parse(time.RFC3339, r.Values[0])
		return d.AddedAt.Before(at) == (r.Operator == devicegroup.Before)
	}
	text := map[devicegroup.Field]string{
		devicegroup.Platform: string(d.Platform), devicegroup.DeviceFamily: d.DeviceFamily, devicegroup.Model: d.Model, devicegroup.OS: d.Os,
		devicegroup.Color: d.Color, devicegroup.AssetTag: d.AssetTag, devicegroup.SerialNumber: d.SerialNumber,
		devicegroup.ABMToken: d.AbmTokenID.String(), devicegroup.Description: d.Description,
	}[r.Field]
	compare := map[devicegroup.Operator]func(a, b string) bool{
		devicegroup.IsAnyOf: func(a, b string) bool { return a == b }, devicegroup.BeginsWith: strings.HasPrefix, devicegroup.Contains: strings.Contains,
	}[r.Operator]
	return slices.ContainsFunc(r.Values, func(v string) bool {
		if r.Field == devicegroup.SerialNumber {
			v = strings.TrimSpace(v)
		}
		return compare(asciiLower(text), asciiLower(v))
	})
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 32
		}
	}
	return string(b)
}

// anyRule draws a rule.
func anyRule(tokens []*ent.ABMToken, depth int) *rapid.Generator[devicegroup.Rule] {
	return rapid.Custom(func(t *rapid.T) devicegroup.Rule {
		kind := 0
		if depth > 1 {
			kind = rapid.IntRange(0, 5).Draw(t, "kind")
		}
		switch kind {
		case 3:
			return devicegroup.Rule{All: rapid.SliceOfN(anyRule(tokens, depth-1), 1, 3).Draw(t, "all")}
		case 4:
			return devicegroup.Rule{Any: rapid.SliceOfN(anyRule(tokens, depth-1), 1, 3).Draw(t, "any")}
		case 5:
			not := anyRule(tokens, depth-1).Draw(t, "not")
			return devicegroup.Rule{Not: &not}
		}
		text := []devicegroup.Operator{devicegroup.IsAnyOf, devicegroup.BeginsWith, devicegroup.Contains}
		field := rapid.SampledFrom([]devicegroup.Field{
			devicegroup.Platform, devicegroup.DeviceFamily, devicegroup.Model, devicegroup.OS, devicegroup.Color, devicegroup.AssetTag,
			devicegroup.SerialNumber, devicegroup.ABMToken, devicegroup.AddedAt, devicegroup.Description,
		}).Draw(t, "field")
		value := rapid.SampledFrom(words)
		switch field {
		case devicegroup.Platform:
			text = text[:1]
			value = rapid.Map(rapid.SampledFrom(platforms()), func(p device.Platform) string { return strings.ToLower(string(p)) })
		case devicegroup.ABMToken:
			text = text[:1]
			value = rapid.Map(rapid.SampledFrom(tokens), func(a *ent.ABMToken) string { return a.ID.String() })
		case devicegroup.SerialNumber:
			text = text[:2]
			value = rapid.Map(rapid.SampledFrom(serials), func(s string) string { return " " + strings.ToLower(s) })
		case devicegroup.DeviceFamily, devicegroup.OS:
			text = text[:2]
		case devicegroup.AddedAt:
			hours := rapid.IntRange(-3, 3).Draw(t, "hours")
			at := began.Add(time.Duration(hours) * time.Hour).In(time.FixedZone("", 2*3600)).Format(time.RFC3339)
			return devicegroup.Rule{Field: field, Operator: rapid.SampledFrom([]devicegroup.Operator{devicegroup.Since, devicegroup.Before}).Draw(t, "when"), Values: []string{at}}
		}
		operator := rapid.SampledFrom(text).Draw(t, "operator")
		if operator != devicegroup.IsAnyOf {
			value = value.Filter(func(s string) bool { return s != "" })
		}
		return devicegroup.Rule{Field: field, Operator: operator, Values: rapid.SliceOfN(value, 1, 3).Draw(t, "values")}
	})
}

// The databases find the devices that a rule means, both the same ones, whatever their texts hold; and as much of a rule that is stored.
func TestTheDatabaseAndTheRuleAgree(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		organizations := tokens(t, db, 3)
		random := rand.New(rand.NewPCG(1, 2))
		pick := func(list []string) string { return list[random.IntN(len(list))] }
		for i := range 300 {
			db.Ent().Device.Create().SetSerialNumber(fmt.Sprintf("%s%03d", pick(serials), i)).SetAbmTokenID(organizations[random.IntN(3)].ID).
				SetPlatform(platforms()[random.IntN(5)]).SetDeviceFamily(pick(words)).SetModel(pick(words) + pick(words)).SetOs(pick(words)).SetColor(pick(words)).
				SetAssetTag(pick(words) + pick(words)).SetDescription(pick(words) + pick(words)).
				SetAddedAt(began.Add(time.Duration(random.IntN(13)-6) * 30 * time.Minute)).SetChangedAt(began).ExecX(t.Context())
		}
		all := db.Reader().Device.Query().Order(device.ByID()).AllX(t.Context())
		rapid.Check(t, func(t *rapid.T) {
			rule := anyRule(organizations, 4).Draw(t, "rule")
			text, err := json.Marshal(rule)
			if err != nil {
				t.Fatal(err)
			}
			stored := &ent.DeviceGroup{Rule: text}
			want := []gid.ID{}
			for _, d := range all {
				if holds(rule, d) {
					want = append(want, d.ID)
				}
			}
			for _, in := range []predicate.Device{devicegroup.InGroup(stored), devicegroup.IsInGroup(stored)} {
				got, err := db.Reader().Device.Query().Where(in).Order(device.ByID()).IDs(context.Background())
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
					t.Fatalf("%s (-meant +found):\n%s", text, diff)
				}
			}
		})
	})
}

func condition(field devicegroup.Field, operator devicegroup.Operator, values ...string) devicegroup.Rule {
	return devicegroup.Rule{Field: field, Operator: operator, Values: values}
}

func many[T any](n int, item T) []T { return slices.Repeat([]T{item}, n) }

// What a rule may not be is refused with the path to it.
func TestValidate(t *testing.T) {
	fine := condition(devicegroup.Model, devicegroup.Contains, "Air")
	deep := fine
	for range 4 {
		inner := deep
		deep = devicegroup.Rule{Not: &inner}
	}
	tooDeep := devicegroup.Rule{Not: &deep}
	for _, rule := range []devicegroup.Rule{
		fine, deep, {All: many(50, fine)}, condition(devicegroup.Color, devicegroup.IsAnyOf, ""), condition(devicegroup.Model, devicegroup.IsAnyOf, many(500, "x")...),
		condition(devicegroup.AssetTag, devicegroup.IsAnyOf, strings.Repeat("é", 200)), {Any: []devicegroup.Rule{{All: many(50, fine)}, {All: many(50, fine)}}},
	} {
		must(t, rule.Validate())
	}
	for _, c := range []struct {
		rule devicegroup.Rule
		path string
	}{
		{devicegroup.Rule{}, "rule"},
		{devicegroup.Rule{All: []devicegroup.Rule{fine}, Any: []devicegroup.Rule{fine}}, "rule"},
		{devicegroup.Rule{Field: devicegroup.Model, Not: &fine}, "rule"},
		{devicegroup.Rule{All: []devicegroup.Rule{}}, "rule all"},
		{devicegroup.Rule{Any: many(51, fine)}, "rule any"},
		{devicegroup.Rule{All: []devicegroup.Rule{fine, {Not: &devicegroup.Rule{}}}}, "rule all 1 not"},
		{devicegroup.Rule{All: []devicegroup.Rule{fine}, Operator: devicegroup.IsAnyOf}, "rule operator"},
		{devicegroup.Rule{Not: &fine, Values: []string{"x"}}, "rule values"},
		{tooDeep, "rule not not not not not"},
		{devicegroup.Rule{Any: []devicegroup.Rule{{All: many(50, fine)}, {All: many(50, fine)}, fine}}, "rule any 2 values"},
		{devicegroup.Rule{All: many(5, condition(devicegroup.Model, devicegroup.IsAnyOf, many(401, "x")...))}, "rule all 4 values"},
		{condition("SHOE_SIZE", devicegroup.IsAnyOf, "43"), "rule field"},
		{condition(devicegroup.OS, devicegroup.Contains, "x"), "rule operator"},
		{condition(devicegroup.AddedAt, devicegroup.IsAnyOf, "2026-01-01T00:00:00Z"), "rule operator"},
		{condition(devicegroup.Model, devicegroup.IsAnyOf), "rule values"},
		{condition(devicegroup.Model, devicegroup.Contains, many(51, "x")...), "rule values"},
		{condition(devicegroup.AddedAt, devicegroup.Since, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), "rule values"},
		{condition(devicegroup.AddedAt, devicegroup.Since, "yesterday"), "rule values 0"},
		{condition(devicegroup.AddedAt, devicegroup.Since, "0000-01-01T00:00:00Z"), "rule values 0"},
		{condition(devicegroup.Platform, devicegroup.IsAnyOf, "MACOS", "WINDOWS"), "rule values 1"},
		{condition(devicegroup.ABMToken, devicegroup.IsAnyOf, gid.New(gid.Device, 1).String()), "rule values 0"},
		{condition(devicegroup.SerialNumber, devicegroup.BeginsWith, "C02%"), "rule values 0"},
		{condition(devicegroup.Model, devicegroup.BeginsWith, ""), "rule values 0"},
		{condition(devicegroup.Model, devicegroup.IsAnyOf, "a\x00b"), "rule values 0"},
		{condition(devicegroup.Model, devicegroup.IsAnyOf, "a\xffb"), "rule values 0"},
		{condition(devicegroup.Model, devicegroup.IsAnyOf, strings.Repeat("x", 201)), "rule values 0"},
	} {
		err := c.rule.Validate()
		if e := apperr.As(err); e == nil || e.Code != apperr.BadUserInput || strings.Join(e.Field, " ") != c.path {
			t.Errorf("%+v: %v at %v, want %q", c.rule, err, e, c.path)
		}
	}
}

// A rule that this version does not understand lets no device in and none out: the query fails.
func TestUnknownRulesFail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		for _, text := range []string{`{"field":"SHOE_SIZE","operator":"IS_ANY_OF","values":["43"]}`, `{"none":[]}`, `[]`} {
			if _, err := db.Reader().Device.Query().Where(devicegroup.InGroup(&ent.DeviceGroup{Rule: json.RawMessage(text)})).Count(t.Context()); err == nil {
				t.Errorf("%s: no error", text)
			}
		}
	})
}

// The largest rule that is allowed is one that both databases carry out.
func TestTheLargestRule(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		wide := condition(devicegroup.Description, devicegroup.Contains, many(50, "x")...)
		rule := devicegroup.Rule{All: []devicegroup.Rule{{Any: many(20, wide)}, {Not: &devicegroup.Rule{Not: &devicegroup.Rule{Any: many(20, wide)}}}}}
		matches, err := devicegroup.Match(rule)
		must(t, err)
		if n, err := db.Reader().Device.Query().Where(matches).Count(t.Context()); n != 0 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	})
}
