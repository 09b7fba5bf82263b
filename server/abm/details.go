package abm

import (
	"context"
	"encoding/json"
	"io"
	"slices"
)

const (
	detailsPath = "/devices"
	maxDetails  = 1000 // serial numbers a request; Apple states no limit here, and 1,000 for its other lists
)

// DeviceDetails asks for the present state of devices by serial number, in requests of 1,000. The result is keyed by serial number as
// Apple wrote it. A device that does not belong to this MDM server has the ResponseStatus NOT_ACCESSIBLE and little else; Apple may leave
// one out altogether. An error means that nothing is known of any.
func (t *Token) DeviceDetails(ctx context.Context, serials []string) (map[string]Device, error) {
	devices := make(map[string]Device, len(serials))
	for chunk := range slices.Chunk(serials, maxDetails) {
		request, err := json.Marshal(struct {
			Devices []string `json:"devices"`
		}{chunk})
		if err != nil {
			return nil, err
		}
		err = t.do(ctx, call{method: "POST", path: detailsPath, body: request, decode: func(body *answerBody) error {
			return decodeDetails(body, devices) // an attempt that broke off leaves nothing that the next does not replace
		}})
		if err != nil {
			return nil, err
		}
	}
	return devices, nil
}

func decodeDetails(r io.Reader, devices map[string]Device) error {
	words := vocabulary{}
	return decodeObject(r, []string{"devices"}, map[string]func(*json.Decoder) error{
		"devices": eachMember(func(serial string, raw []byte) {
			d := parseDevice(raw, words)
			if d.SerialNumber == "" {
				d.SerialNumber = serial
			}
			devices[d.SerialNumber] = d
		}),
	})
}
