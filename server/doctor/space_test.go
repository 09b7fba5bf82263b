package doctor

import "testing"

// A full disk cannot be had in a test; what is made of the numbers can.
func TestJudgeSpace(t *testing.T) {
	const gb = 1 << 30
	for _, c := range []struct {
		free, total uint64
		want        Level
	}{
		{50 * gb, 100 * gb, OK}, {11 * gb, 100 * gb, OK}, {9 * gb, 100 * gb, Warn}, {gb / 2, 2 * gb, Warn}, {50 << 20, 2 * gb, Fail}, {0, 0, Fail},
	} {
		f := judgeSpace("/data", c.free, c.total)
		if f.Level != c.want || (f.Level != OK) != (f.Do != "") {
			t.Errorf("%d of %d: %+v", c.free, c.total, f)
		}
	}
}
