# The map beside the list of groups.

map-sentence =
    { $count ->
        [one] Map with 1 group of this list. The list says all that the map says.
       *[other] Map with { $count } groups of this list, numbered as in it. The list says all that the map says.
    }
map-sentence-near =
    { $count ->
        [one] Map around { $place } with 1 group of this list. The list says all that the map says.
       *[other] Map around { $place } with { $count } groups of this list, numbered as in it. The list says all that the map says.
    }
map-numbers = Numbers are those of the list. We draw the map; nobody else learns where you look.
map-several = ×{ $count }
map-several-means = “×3” are three groups close together.
map-dot = { $number }: { $title }
map-dot-area = { $number }: { $title } (somewhere in this area)
map-without-place =
    { $count ->
        [one] 1 group has no public address and is not on the map.
       *[other] { $count } groups have no public address and are not on the map.
    }
map-online =
    { $count ->
        [one] 1 group meets online; see its own list.
       *[other] { $count } groups meet online; see their own list.
    }
map-credit = US state outlines: US Census Bureau, by us-atlas (ISC)
