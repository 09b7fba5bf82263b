package scale_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"testing"
	"time"
)

// BenchmarkExport is a whole export, read as fast as it comes.
func BenchmarkExport(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		for _, c := range []struct{ name, file, encoding string }{
			{"ndjson", "devices.ndjson", ""}, {"csv", "devices.csv", ""}, {"ndjson-gzip", "devices.ndjson", "gzip"}, {"csv-gzip", "devices.csv", "gzip"},
		} {
			b.Run(c.name, func(b *testing.B) {
				begin, bytes := time.Now(), int64(0)
				for b.Loop() {
					bytes += w.export(b, c.file, c.encoding)
				}
				b.ReportMetric(float64(*devices)*float64(b.N)/time.Since(begin).Seconds(), "rows/s")
				b.ReportMetric(float64(bytes)/float64(b.N)/1e6, "MB")
			})
		}
	})
}

func (w *world) export(b *testing.B, file, encoding string) int64 {
	b.Helper()
	r, err := w.request(http.MethodGet, "/export/"+file, nil)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", encoding)
	response, err := w.client.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		b.Fatal(response.Status)
	}
	body := io.Reader(response.Body)
	if encoding == "gzip" {
		if body, err = gzip.NewReader(response.Body); err != nil {
			b.Fatal(err)
		}
	}
	n, err := io.Copy(io.Discard, body)
	if err != nil {
		b.Fatal(err)
	}
	return n
}
