package abmtoken

import "github.com/guardmdm/guardmdm/ent"

// Opens tells whether every secret of the token can be opened, and whether its private keys belong to its certificates; nil says
// so. It changes nothing and calls nobody.
func (s *Service) Opens(t *ent.ABMToken) error {
	if _, err := s.keyPairs(t); err != nil {
		return err
	}
	if len(t.Credentials) == 0 {
		return nil
	}
	_, err := s.unsealCredentials(t)
	return err
}
