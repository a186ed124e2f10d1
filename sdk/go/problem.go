// Refusals and failures that the service describes (RFC 9457).

package credits

import (
	"encoding/json"
	"fmt"
)

// CodeInsufficientCredits: the account has not enough, or a limit leaves too little. docs/ERRORS.md lists all codes.
const CodeInsufficientCredits = "insufficient_credits"

// Error makes a *Problem an error: errors.As(err, &problem), then act on problem.Code.
func (p *Problem) Error() string {
	return fmt.Sprintf("%s (%d): %s", p.Code, p.Status, p.Detail)
}

// newProblem reads a problem; what is none, a proxy's page for example, becomes one with the code "unknown".
func newProblem(status int, text []byte) *Problem {
	var problem Problem
	if json.Unmarshal(text, &problem) != nil || problem.Code == "" {
		problem = Problem{Code: "unknown", Title: "The answer is no problem document.", Detail: string(text)}
	}
	problem.Status = int32(status)
	return &problem
}
