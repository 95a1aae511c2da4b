package hunt

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/trueweight/trueweight/properties"
	"github.com/trueweight/trueweight/properties/domain"
)

// schema names the format of a record's file: one JSON object with the record and its SHA-256, so that a file
// that was cut or changed is not gone on from. It is read by the same code that wrote it, and promises nothing to other code.
const schema = "trueweight-hunt-1"

type fileJSON struct {
	Schema string          `json:"schema"`
	SHA256 string          `json:"sha256"`
	Hunt   json.RawMessage `json:"hunt"`
}

type recordJSON struct {
	Subject string      `json:"subject"`
	Seed    uint64      `json:"seed"`
	Shards  int         `json:"shards"`
	Code    string      `json:"code,omitempty"`
	Alarms  []string    `json:"alarms,omitempty"`
	Claims  []claimJSON `json:"claims"`
}

// claimJSON holds each elite once, however many islands have it.
type claimJSON struct {
	ID      string       `json:"id"`
	Elites  []eliteJSON  `json:"elites,omitempty"`
	Islands []islandJSON `json:"islands"`
}

type eliteJSON struct {
	Margin string          `json:"margin"`
	At     place           `json:"at"`
	Case   json.RawMessage `json:"case"`
}

type islandJSON struct {
	Number      int           `json:"number"`
	Generations uint64        `json:"generations"`
	Tally       Tally         `json:"tally"`
	Elites      []int         `json:"elites,omitempty"` // places in the claim's list
	Failing     []failingJSON `json:"failing,omitempty"`
}

type failingJSON struct {
	Undecided bool            `json:"undecided,omitempty"`
	Part      string          `json:"part"`
	At        place           `json:"at"`
	Case      json.RawMessage `json:"case"`
}

// Marshal writes a record: the same bytes for the same record.
func (r *Record) Marshal() ([]byte, error) {
	out := recordJSON{Subject: r.Subject, Seed: r.Seed, Shards: r.Shards, Code: r.Code, Alarms: r.Alarms, Claims: []claimJSON{}}
	for _, c := range r.claims {
		out.Claims = append(out.Claims, c.encode())
	}
	data, err := json.Marshal(out)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	data, err = json.Marshal(fileJSON{schema, hex.EncodeToString(sum[:]), data})
	return append(data, '\n'), err
}

func (c *claim) encode() claimJSON {
	out := claimJSON{ID: c.p.ID}
	var all []*elite
	for _, i := range c.islands {
		for _, f := range i.elites {
			all = append(all, f.elite)
		}
	}
	byPlace := func(e, f *elite) int { return e.at.compare(f.at) }
	slices.SortFunc(all, byPlace)
	all = slices.CompactFunc(all, func(e, f *elite) bool { return e.at == f.at })
	for _, e := range all {
		out.Elites = append(out.Elites, eliteJSON{e.margin.String(), e.at, domain.MarshalJSON(e.c)})
	}
	for _, i := range c.islands {
		encoded := islandJSON{Number: i.number, Generations: i.generations, Tally: i.tally}
		for _, f := range i.elites {
			at, _ := slices.BinarySearchFunc(all, f.elite, byPlace)
			encoded.Elites = append(encoded.Elites, at)
		}
		for _, f := range i.failing {
			encoded.Failing = append(encoded.Failing, failingJSON{f.outcome == properties.Undecided, f.part, f.at, domain.MarshalJSON(f.c)})
		}
		out.Islands = append(out.Islands, encoded)
	}
	return out
}

// Read reads what Marshal wrote, and nothing else.
func Read(data []byte) (*Record, error) {
	var file fileJSON
	if err := strictly(data, &file); err != nil {
		return nil, fmt.Errorf("not a record of a hunt: %w", err)
	}
	if file.Schema != schema {
		return nil, fmt.Errorf("not a record of a hunt: found the schema %q, want %q", file.Schema, schema)
	}
	if sum := sha256.Sum256(file.Hunt); hex.EncodeToString(sum[:]) != file.SHA256 {
		return nil, errors.New("the record of the hunt was changed since it was written: its SHA-256 is not what it says")
	}
	var in recordJSON
	if err := strictly(file.Hunt, &in); err != nil {
		return nil, fmt.Errorf("not a record of a hunt: %w", err)
	}
	r := &Record{Subject: in.Subject, Seed: in.Seed, Shards: in.Shards, Code: in.Code, Alarms: in.Alarms}
	for _, c := range in.Claims {
		read, err := c.decode()
		if err != nil {
			return nil, fmt.Errorf("record of a hunt: claim %s: %w", c.ID, err)
		}
		r.claims = append(r.claims, read)
	}
	return r, nil
}

func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.New("the file ends too early")
		}
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows its end")
	}
	return nil
}

func (in *claimJSON) decode() (*claim, error) {
	p, err := properties.ByID(in.ID)
	if err != nil {
		return nil, err
	}
	c := &claim{p: p}
	elites := make([]*elite, len(in.Elites))
	for k, e := range in.Elites {
		q, err := domain.UnmarshalJSON(e.Case)
		if err != nil {
			return nil, fmt.Errorf("elite %d: %w", k, err)
		}
		m, err := properties.ParseMargin(e.Margin)
		if err != nil {
			return nil, fmt.Errorf("elite %d: %w", k, err)
		}
		elites[k] = &elite{q, m, e.At}
	}
	for _, i := range in.Islands {
		read := &island{number: i.Number, generations: i.Generations, tally: i.Tally}
		for _, at := range i.Elites {
			if at < 0 || at >= len(elites) {
				return nil, fmt.Errorf("island %d: there is no elite %d among %d", i.Number, at, len(elites))
			}
			read.elites.offer(elites[at])
		}
		for _, f := range i.Failing {
			q, err := domain.UnmarshalJSON(f.Case)
			if err != nil {
				return nil, fmt.Errorf("island %d: failing case: %w", i.Number, err)
			}
			outcome := properties.Violated
			if f.Undecided {
				outcome = properties.Undecided
			}
			read.failing = append(read.failing, &failing{q, outcome, f.Part, f.At})
		}
		c.islands = append(c.islands, read)
	}
	return c, nil
}
