# Stands in for the ports tree, which is in no package registry: as many of the variables and targets
# of bsd.port.mk as the recipe has, after the Porter's Handbook and Mk/bsd.port.mk.

PREFIX?=	/usr/local
FILESDIR?=	${.CURDIR}/files
WRKDIR?=	${.CURDIR}/work
STAGEDIR?=	${WRKDIR}/stage
TMPPLIST?=	${WRKDIR}/.PLIST.mktmp
INSTALL_DATA?=	install -m 0644
CAT?=		cat

.MAIN: stage

generate-plist:
	mkdir -p ${WRKDIR}
	: > ${TMPPLIST}
.for _file in ${PLIST_FILES}
	echo ${_file} >> ${TMPPLIST}
.endfor

stage: generate-plist do-install post-install check-plist

# What is listed is there; ours is listed, too.
check-plist:
	cd ${STAGEDIR}${PREFIX} && sed 's,^${PREFIX}/,,' ${TMPPLIST} | xargs ls -d
	cd ${STAGEDIR}${PREFIX} && find lib -name EXTERNALLY-MANAGED -o -name README.venv | \
		while read -r file; do grep -qxE "(${PREFIX}/)?$$file" ${TMPPLIST} || \
		{ echo "Error: Orphaned: $$file"; exit 1; }; done
