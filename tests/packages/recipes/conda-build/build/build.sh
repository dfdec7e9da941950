@recipe@
