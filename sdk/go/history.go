// Lists as one sequence, page after page.

package credits

import (
	"context"
	"iter"
)

// UsageHistory is every entry that the query finds, newest first; pages are fetched as they are needed.
// query.Limit is the size of a page.
func (c *Client) UsageHistory(ctx context.Context, query ListUsageHistoryParams, options ...CallOption) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for {
			page, err := c.ListUsageHistory(ctx, query, options...)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for _, entry := range page.Data {
				if !yield(entry, nil) {
					return
				}
			}
			if page.NextCursor == nil {
				return
			}
			query.Cursor = *page.NextCursor
		}
	}
}
